"""What a person may do today: granted roles and memberships."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, TruncDate

from portal.clock import CHINA, PortalNow
from portal.models import Delegation, Grant, MemberRole, Membership, Role, User
from portal.queries.same_organisation import merges_in_force
from portal.show import listed


@dataclass(frozen=True)
class Scope:
    """Where a role holds: in the district it names, in one programme or (None) in every programme."""

    role: str
    district_id: UUID | None = None
    programme_id: UUID | None = None


@dataclass(frozen=True)
class Powers:
    """Roles granted today and where, districts reviewed, and organisations one administers, edits or views for.

    For somebody who acts for another person these are what was delegated and nothing else. ``stakes``
    are the organisations of both: the rules of independence look at them. ``inherited`` are those one
    acts for only because they were merged into one's own; they stand among the others too.
    """

    roles: frozenset[str] = frozenset()
    districts: frozenset[UUID] = frozenset()
    administers: frozenset[UUID] = frozenset()
    edits: frozenset[UUID] = frozenset()
    views: frozenset[UUID] = frozenset()
    scopes: frozenset[Scope] = frozenset()
    stakes: frozenset[UUID] = frozenset()
    inherited: frozenset[UUID] = frozenset()

    def programmes_of(self, *roles: str) -> frozenset[UUID] | None:
        """The programmes in which one of these roles holds; None where one holds in every programme."""
        found = {scope.programme_id for scope in self.scopes if scope.role in roles}
        return None if None in found else frozenset(found)

    def hold(self, *roles: str, programme_id: UUID | None = None) -> bool:
        """Whether one of these roles holds, in this programme where one is named."""
        if self.roles.isdisjoint(roles):
            return False
        programmes = self.programmes_of(*roles) if programme_id else None
        return programmes is None or programme_id in programmes


NOBODY = Powers()
SOMEBODY: Final = UUID(int=0)
"""Nobody's id; it stands for a person's in a statement that is written once."""
ALL, NONE = ~Q(pk__in=[]), Q(pk__in=[])
Place = tuple[str, UUID, UUID, bool]
"""What a membership gives: role, organisation, the membership's id, and whether the organisation was merged into its own."""
READERS = frozenset({Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER, Role.DISCIPLINE, Role.AUDITOR})
"""Roles of the bureau that read cases."""


def powers_of(user) -> Powers:
    """The powers of a person, read once per loaded person; nobody's for a visitor or a blocked person."""
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    powers = getattr(user, "_powers", None)  # getattr sees through the lazy user of a request
    if powers is None:
        powers = user._powers = _read(user)
    return powers


def read_anew(user: User | None) -> None:
    """Forget the powers read before a lock was taken: what was decided while waiting for it counts."""
    if user is not None:
        user._powers = None


def holders_of(role: Role, district_id: UUID | None = None, programme_id: UUID | None = None) -> QuerySet[UUID]:
    """The ids of active people who hold a role today: a reviewer's in that district, anybody's in that programme."""
    grants = Grant.objects.filter(granted_today(), role=role, user__is_active=True)
    if district_id:
        grants = grants.filter(district_id=district_id)
    if programme_id:
        grants = grants.filter(Q(programme_id=None) | Q(programme_id=programme_id))
    return grants.values_list("user_id", flat=True).distinct()


def in_programmes(user, *roles: str, path: str) -> Q:
    """The rows a person may meet in these roles; ``path`` leads from a row to its programme.

    All of them for whoever holds one of the roles in every programme, none for whoever holds none.
    """
    powers = powers_of(user)
    if powers.roles.isdisjoint(roles):
        return NONE
    programmes = powers.programmes_of(*roles)
    return ALL if programmes is None else Q(**{f"{path}__in": programmes})


def in_districts(user, *, district: str, programme: str) -> Q:
    """The rows of the districts a person reviews, in the programmes of each grant."""
    by_programme: dict[UUID | None, set[UUID]] = {}
    for scope in powers_of(user).scopes:
        if scope.role == Role.DISTRICT and scope.district_id:
            by_programme.setdefault(scope.programme_id, set()).add(scope.district_id)
    seen = NONE
    for programme_id, districts in by_programme.items():
        here = Q(**{f"{district}__in": districts})
        seen |= here if programme_id is None else here & Q(**{programme: programme_id})
    return seen


def members_of(organisation_id: UUID, *roles: MemberRole) -> QuerySet[UUID]:
    """The ids of active people who act for an organisation today, in these roles or in any."""
    memberships = Membership.objects.filter(today(), organisation_id=organisation_id, user__is_active=True)
    if roles:
        memberships = memberships.filter(role__in=roles)
    return memberships.values_list("user_id", flat=True)


def acting_for(organisation_id: UUID, *roles: MemberRole) -> QuerySet[UUID]:
    """The ids of active people who act for an organisation today, by a membership or because it was merged into theirs.

    Not for a bid before opening: that is its own people's alone.
    """
    into = merges_in_force().filter(absorbed=organisation_id).values("into_id")
    memberships = Membership.objects.filter(today(), user__is_active=True)
    memberships = memberships.filter(Q(organisation_id=organisation_id) | Q(organisation_id__in=into))
    if roles:
        memberships = memberships.filter(role__in=roles)
    return memberships.values_list("user_id", flat=True).distinct()


def acted_for_by(people: Iterable[UUID]) -> set[UUID]:
    """The organisations for which any of these people act today, those merged into theirs among them."""
    own = Membership.objects.filter(today(), user_id__in=people)
    return {place[1] for place in _places(own)}


def today() -> Q:
    """Memberships that hold on the portal's present day in China."""
    day = TruncDate(PortalNow(), tzinfo=CHINA)
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def granted_today() -> Q:
    """Grants that hold today and were not ended before their time."""
    return today() & Q(ended_at__isnull=True)


def _read(user: User) -> Powers:
    if user.delegation is not None:
        return _read_delegated(user.delegation, _places(user.memberships.filter(today())))
    own, scopes = [], []
    statement, values = _what_somebody_holds()
    with connection.cursor() as cursor:
        cursor.execute(statement, [user.pk if value == SOMEBODY else value for value in values])
        held = cursor.fetchall()
    for acts, role, where, which, others in held:
        if acts:
            own += _each_place(role, where, which, others)
        else:
            scopes.append((role, where, which))
    if user.seen_by is not None:  # a view of support shows no office
        scopes = []
    return _powers(scopes, own, own)


@cache
def _what_somebody_holds() -> tuple[str, tuple[object, ...]]:
    """The statement that reads what a person holds today, for the id ``SOMEBODY``; every page asks it, so it is written once."""
    no_others = Cast(Value(None), ArrayField(models.UUIDField()))
    grants = Grant.objects.filter(granted_today(), user_id=SOMEBODY)
    grants = grants.values_list(Value(False), "role", "district_id", "programme_id", no_others)
    memberships = Membership.objects.filter(today(), user_id=SOMEBODY)
    held = _with_absorbed(memberships).values_list(Value(True), "role", "organisation_id", "pk", "absorbed")
    return held.union(grants, all=True).query.sql_with_params()


def _read_delegated(delegation: Delegation, own: list[Place]) -> Powers:
    """The one power that is delegated, as far as it still holds; nothing of what the delegate has otherwise."""
    principal = delegation.principal
    places = _places(principal.memberships.filter(today()))
    if not principal.is_active:
        return _powers((), (), own + places)
    grants = principal.grants.filter(granted_today(), pk=delegation.grant_id)
    delegated = [place for place in places if place[2] == delegation.membership_id]
    return _powers(grants.values_list("role", "district_id", "programme_id"), delegated, own + places)


def _places(memberships: QuerySet[Membership]) -> list[Place]:
    """What memberships give: their organisations, and with the same role those merged into them."""
    rows = _with_absorbed(memberships).values_list("role", "organisation_id", "pk", "absorbed")
    return [place for row in rows for place in _each_place(*row)]


def _with_absorbed(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Memberships, each with the ids of the organisations that were merged into its own."""
    absorbed = merges_in_force().filter(into=OuterRef("organisation_id")).values("absorbed_id")
    return memberships.annotate(absorbed=ArraySubquery(absorbed))


def _each_place(role: str, organisation: UUID, pk: UUID, absorbed: list[UUID]) -> list[Place]:
    return [(role, one, pk, one != organisation) for one in (organisation, *absorbed)]


def _powers(scopes: Iterable[tuple[str, UUID | None, UUID | None]], places: Iterable[Place], stakes: Iterable[Place]) -> Powers:
    held = frozenset(Scope(*scope) for scope in scopes)

    def having(*roles: str) -> frozenset[UUID]:
        return frozenset(organisation for role, organisation, _pk, _merged in places if role in roles)

    return Powers(
        roles=frozenset(scope.role for scope in held),
        districts=frozenset(scope.district_id for scope in held if scope.district_id),
        administers=having(MemberRole.ADMINISTRATOR),
        edits=having(MemberRole.ADMINISTRATOR, MemberRole.EDITOR),
        views=having(*MemberRole.values),
        scopes=held,
        stakes=frozenset(organisation for _role, organisation, _pk, _merged in stakes),
        inherited=frozenset(one for _role, one, _pk, merged in places if merged)
        - {one for _role, one, _pk, merged in places if not merged},
    )


def description_of(user: User) -> str:
    """The organisation a person acts for and the roles they hold, for the line under their name."""
    powers = powers_of(user)
    roles = [str(role.label) for role in Role if role in powers.roles]
    if not powers.views:
        return listed(roles)
    if user.delegation is not None:
        return user.delegation.power
    first = user.memberships.filter(today()).select_related("organisation").order_by("starts_on", "pk")[0]
    return " · ".join(filter(None, [first.organisation.name, str(first.get_role_display()), listed(roles)]))


def same_person_as(user_id: UUID) -> Q:
    """The accounts of one person: the one they sign in with and those merged into it; for filters on people."""
    root = Coalesce(F("alias_of"), F("pk"))
    own = User.objects.filter(pk=user_id).values(root=root)
    return Q(pk__in=own) | Q(alias_of__in=own)


def accounts_of(user_id: UUID) -> set[UUID]:
    """The ids of every account of the person behind this one, itself among them.

    Rules of independence and of duties look at all of them: merging two accounts frees nobody from
    what was done with either.
    """
    return {user_id} | set(User.objects.filter(same_person_as(user_id)).values_list("pk", flat=True))
