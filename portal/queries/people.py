"""What a person may do today: granted roles and memberships."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from portal.clock import CHINA, PortalNow
from portal.models import Grant, MemberRole, Membership, Role, User
from portal.show import listed


@dataclass(frozen=True)
class Powers:
    """Roles granted today, districts reviewed, and organisations one administers, edits or views for."""

    roles: frozenset[str] = frozenset()
    districts: frozenset[UUID] = frozenset()
    administers: frozenset[UUID] = frozenset()
    edits: frozenset[UUID] = frozenset()
    views: frozenset[UUID] = frozenset()


NOBODY = Powers()
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


def holders_of(role: Role, district_id: UUID | None = None) -> QuerySet[UUID]:
    """The ids of active people who hold a role today, a district reviewer's in that district."""
    grants = Grant.objects.filter(today(), role=role, user__is_active=True)
    if district_id:
        grants = grants.filter(district_id=district_id)
    return grants.values_list("user_id", flat=True).distinct()


def members_of(organisation_id: UUID, *roles: MemberRole) -> QuerySet[UUID]:
    """The ids of active people who act for an organisation today, in these roles or in any."""
    memberships = Membership.objects.filter(today(), organisation_id=organisation_id, user__is_active=True)
    if roles:
        memberships = memberships.filter(role__in=roles)
    return memberships.values_list("user_id", flat=True)


def today() -> Q:
    """Grants and memberships that hold on the portal's present day in China."""
    day = TruncDate(PortalNow(), tzinfo=CHINA)
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def _read(user: User) -> Powers:
    grants = list(user.grants.filter(today()).values_list("role", "district_id"))
    memberships = list(user.memberships.filter(today()).values_list("role", "organisation_id"))

    def having(*roles: str) -> frozenset[UUID]:
        return frozenset(organisation for role, organisation in memberships if role in roles)

    return Powers(
        roles=frozenset(role for role, _ in grants),
        districts=frozenset(district for _, district in grants if district),
        administers=having(MemberRole.ADMINISTRATOR),
        edits=having(MemberRole.ADMINISTRATOR, MemberRole.EDITOR),
        views=having(*MemberRole.values),
    )


def description_of(user: User) -> str:
    """The organisation a person acts for and the roles they hold, for the line under their name."""
    powers = powers_of(user)
    roles = [str(role.label) for role in Role if role in powers.roles]
    if not powers.views:
        return listed(roles)
    first = user.memberships.filter(today()).select_related("organisation").order_by("starts_on", "pk")[0]
    return " · ".join(filter(None, [first.organisation.name, str(first.get_role_display()), listed(roles)]))
