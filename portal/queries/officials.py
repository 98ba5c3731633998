"""Officials: who holds which role, where and until when, what is proposed, and whether the city can grant at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from portal.clock import CHINA, PortalNow
from portal.models import Grant, GrantProposal, Invitation, ProposalKind, Role
from portal.queries.people import NONE, READERS, granted_today, in_programmes, powers_of
from portal.states import InvitationState, ProposalState

GRANTERS = (Role.DIVISION_HEAD, Role.LEADER)
"""Roles that propose and confirm the roles of others; docs/decisions says why these."""
OFFICES = tuple(role for role in Role if role != Role.EXPERT)
"""Roles that are proposed and confirmed; experts come in through the pool, and nobody lists them here."""
SEES_OFFERS = (*GRANTERS, Role.DISCIPLINE, Role.AUDITOR)
EVERYWHERE_ONLY = (Role.SUPPORT,)
"""Offices that no programme bounds."""

PRESENT, COMING, PAST = "present", "coming", "past"
PART = ("user", "district", "programme", "granted_by", "confirmed_by")


@dataclass(frozen=True)
class Sought:
    """What somebody looks for on the list of officials; empty words ask for all."""

    when: str = PRESENT
    role: str = ""
    district: UUID | None = None
    programme: UUID | None = None
    name: str = ""


def visible_to(user) -> QuerySet[Grant]:
    """Grants of offices that a person may know: readers those of their programmes, everybody their own."""
    return Grant.objects.filter(_seen_by(user)).exclude(role=Role.EXPERT).select_related(*PART)


def listed(user, sought: Sought) -> QuerySet[Grant]:
    """The officials a person looks for, by role and name."""
    found = visible_to(user).filter(_when(sought.when))
    if sought.role:
        found = found.filter(role=sought.role)
    if sought.district:
        found = found.filter(district_id=sought.district)
    if sought.programme:
        found = found.filter(Q(programme_id=sought.programme) | Q(programme=None))
    if sought.name:
        found = found.filter(user__name__icontains=sought.name)
    order = ("-ends_on", "-ended_at") if sought.when == PAST else ()
    return found.order_by(*order, "role", "user__name", "starts_on", "pk")


def proposals_visible_to(user) -> QuerySet[GrantProposal]:
    """Proposals a reader of the bureau may know, in their programmes; the newest first."""
    rows = GrantProposal.objects.filter(_in_their_programmes(user))
    return rows.select_related("user", "district", "programme", "grant", "document", "proposed_by", "decided_by").order_by(
        "-proposed_at", "pk"
    )


def waiting(user) -> QuerySet[GrantProposal]:
    """Proposals that wait for a decision, the oldest first."""
    return proposals_visible_to(user).filter(state=ProposalState.PROPOSED).order_by("proposed_at", "pk")


def proposals_of(grant: Grant) -> QuerySet[GrantProposal]:
    """What was ever proposed about one grant, the newest first."""
    return grant.proposals.select_related("proposed_by", "decided_by", "document").order_by("-proposed_at", "pk")


def held_by(person_id: UUID, user) -> QuerySet[Grant]:
    """The offices somebody holds today or is to hold, as far as a reader may know them."""
    rows = visible_to(user).filter(_when(PRESENT) | _when(COMING), user_id=person_id)
    return rows.order_by("starts_on", "role", "pk")


def held_now_or_later(person_id: UUID) -> QuerySet[Grant]:
    """Every role, an expert's too, that somebody holds today or is to hold."""
    return Grant.objects.filter(_when(PRESENT) | _when(COMING), user_id=person_id)


def open_offers(user) -> QuerySet[Invitation]:
    """Open invitations to offices, for those who give roles there and those who watch over it; the first to expire on top."""
    where = in_programmes_or_all(user, *SEES_OFFERS)
    rows = Invitation.objects.filter(where, organisation=None, state=InvitationState.INVITED)
    return rows.select_related("district", "programme", "invited_by").order_by("expires_on", "email", "pk")


def overlapping(
    *, user_id: UUID, role: str, district_id: UUID | None, programme_id: UUID | None, starts_on: date, ends_on: date | None
) -> QuerySet[Grant]:
    """Grants of the same role and scope to this person that share a day with these; ended ones do not count."""
    scope = Q(user_id=user_id, role=role, district_id=district_id, programme_id=programme_id)
    return Grant.objects.filter(scope, _shares_a_day(starts_on, ends_on), ended_at=None)


def proposed_already(
    *, user_id: UUID, role: str, district_id: UUID | None, programme_id: UUID | None, starts_on: date, ends_on: date | None
) -> QuerySet[GrantProposal]:
    """Open proposals of the same role and scope for this person that share a day with these."""
    scope = Q(user_id=user_id, role=role, district_id=district_id, programme_id=programme_id)
    open_ones = Q(kind=ProposalKind.GRANT, state=ProposalState.PROPOSED)
    return GrantProposal.objects.filter(scope, open_ones, _shares_a_day(starts_on, ends_on))


def can_grant(*, without: Iterable[UUID] = (), beyond: date | None = None) -> bool:
    """Whether two people, a leader among them, can propose and confirm powers in every programme.

    ``without`` leaves grants out, ``beyond`` those that do not last longer than a day.
    """
    rows = Grant.objects.filter(granted_today(), role__in=GRANTERS, programme=None, user__is_active=True)
    rows = rows.exclude(pk__in=list(without))
    if beyond:
        rows = rows.filter(Q(ends_on=None) | Q(ends_on__gt=beyond))
    held = set(rows.values_list("user_id", "role"))
    return len({person for person, _role in held}) > 1 and any(role == Role.LEADER for _person, role in held)


def programmes() -> QuerySet:
    """The programmes of the city, of which grants name one; their table lies with the challenges."""
    return Grant._meta.get_field("programme").related_model.objects.order_by("name", "pk")


def programmes_of(user, *roles: str) -> QuerySet:
    """The programmes in which a person holds one of these roles."""
    return programmes().filter(in_programmes(user, *roles, path="pk"))


def ending_by(last_day: date) -> QuerySet[UUID]:
    """The ids of grants that hold today and end on this day or before."""
    rows = Grant.objects.filter(granted_today(), ends_on__lte=last_day).exclude(role=Role.EXPERT)
    return rows.order_by("ends_on", "pk").values_list("pk", flat=True)


def over_since(first: date, before: date) -> QuerySet[UUID]:
    """The ids of grants whose last day lies from the first day on and before another, and that nobody ended."""
    rows = Grant.objects.filter(ends_on__gte=first, ends_on__lt=before, ended_at=None).exclude(role=Role.EXPERT)
    return rows.order_by("ends_on", "pk").values_list("pk", flat=True)


def in_programmes_or_all(user, *roles: str) -> Q:
    """The rows of the programmes in which these roles hold, and those that are of every programme."""
    here = in_programmes(user, *roles, path="programme")
    return here if here == NONE else here | Q(programme=None)


def _seen_by(user) -> Q:
    own = Q(user_id=user.pk) if user.is_authenticated else NONE
    return own | _in_their_programmes(user)


def _in_their_programmes(user) -> Q:
    if powers_of(user).roles.isdisjoint(READERS):
        return NONE
    return in_programmes_or_all(user, *READERS)


def _when(when: str) -> Q:
    day = TruncDate(PortalNow(), tzinfo=CHINA)
    if when == COMING:
        return Q(starts_on__gt=day, ended_at=None)
    if when == PAST:
        return Q(ends_on__lt=day) | Q(ended_at__isnull=False)
    return granted_today()


def _shares_a_day(starts_on: date, ends_on: date | None) -> Q:
    shared = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    return shared & Q(starts_on__lte=ends_on) if ends_on else shared
