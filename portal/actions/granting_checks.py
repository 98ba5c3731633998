"""What a role of an official must fit before it is proposed, and again before it is confirmed."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.clock import china_date
from portal.kernel.errors import Clash, Refused, WrongState
from portal.models import District, Grant, GrantProposal, Role, User
from portal.queries.officials import (
    EVERYWHERE_ONLY,
    GRANTERS,
    OFFICES,
    can_grant,
    held_now_or_later,
    overlapping,
    programmes,
    proposed_already,
)
from portal.states import ProposalState

CLOSED = _("The account of %(name)s is closed. Choose somebody else.")
HELD = _("%(name)s holds this role already, from %(from_on)s. Choose a first day after it ends, or end it first.")
ALONE = _("An auditor holds no other role, so that they read what others did. End the other role of %(name)s first.")
PROPOSED = _("The same is proposed for %(name)s already and waits. Confirm or decline that first.")
OVER = _("This role is over already. Open the page again.")
STAYS = _(
    "Afterwards fewer than two people, with a leader among them, could give powers. Grant the role to a successor first."
)


def check_scope(role: str, *, district_id: UUID | None, programme_id: UUID | None) -> None:
    """A role that is granted here; a reviewer's names a district, and nobody else's; support is for every programme."""
    if role not in OFFICES:
        raise Refused("role_not_granted", _("This role is not given here. Choose one of the list."), field="role")
    if role == Role.DISTRICT and not District.objects.filter(pk=district_id).exists():
        raise Refused("district_missing", _("Choose the district that is reviewed."), field="district_id")
    if role != Role.DISTRICT and district_id:
        raise Refused("district_unfit", _("Only a district reviewer has a district. Leave it empty."), field="district_id")
    if role in EVERYWHERE_ONLY and programme_id:
        raise Refused("programme_unfit", _("This role is for every programme. Leave the programme empty."), field="programme_id")
    if programme_id and not programmes().filter(pk=programme_id).exists():
        raise Refused("programme_unknown", _("There is no such programme. Choose one of the list."), field="programme_id")


def check_days(starts_on: date, ends_on: date | None, now: datetime) -> None:
    """It begins today or later, and ends on its first day or later."""
    today = china_date(now)
    if starts_on < today:
        past = _("The first day, %(starts_on)s, is over. Choose today or a later day.")
        raise Refused("starts_in_the_past", past, field="starts_on", starts_on=starts_on)
    if ends_on is not None and ends_on < starts_on:
        before = _("It would end on %(ends_on)s, before it begins on %(starts_on)s. Choose a later last day.")
        raise Refused("ends_before_it_begins", before, field="ends_on", starts_on=starts_on, ends_on=ends_on)


def check_grantable(person: User) -> None:
    """The account is open: not suspended, erased, or merged into another."""
    if not person.is_active or person.erased_at or person.alias_of_id:
        raise Refused("account_closed", CLOSED, field="email", name=person.name)


def check_beside(person: User, role: str) -> None:
    """An auditor holds no other office, and nobody who holds one becomes an auditor beside it."""
    held = set(held_now_or_later(person.pk).values_list("role", flat=True))
    if (role == Role.AUDITOR and held - {Role.AUDITOR}) or (role != Role.AUDITOR and Role.AUDITOR in held):
        raise Refused("auditor_alone", ALONE, field="role", name=person.name)


def check_free(person: User, *, but: GrantProposal | None = None, **where: object) -> None:
    """The person has no such role on any of these days, and none is proposed."""
    held = overlapping(user_id=person.pk, **where).order_by("starts_on").first()
    if held is not None:
        raise Clash("role_held_already", HELD, field="starts_on", name=person.name, from_on=held.starts_on)
    if proposed_already(user_id=person.pk, **where).exclude(pk=but.pk if but else None).exists():
        raise Clash("proposed_already", PROPOSED, field="email", name=person.name)


def check_end(grant: Grant, last_day: date | None, now: datetime, *, but: GrantProposal | None = None) -> None:
    """The grant still holds or is to come, the last day is earlier than its own, and no other end waits."""
    today = china_date(now)
    if grant.ended_at or (grant.ends_on and grant.ends_on < today):
        raise WrongState("role_over", OVER)
    waiting = grant.proposals.filter(state=ProposalState.PROPOSED, kind="end").exclude(pk=but.pk if but else None)
    if waiting.exists():
        raise Clash("end_proposed_already", _("That this role ends is proposed already and waits."))
    if last_day is None:
        return
    if last_day < today:
        past = _("The last day, %(last_day_on)s, is over. Choose today or a later day, or leave it empty.")
        raise Refused("last_day_in_the_past", past, field="last_day", last_day_on=last_day)
    if last_day < grant.starts_on:
        begins = _("The role begins on %(starts_on)s only. Leave the last day empty to take it back before.")
        raise Refused("ends_before_it_begins", begins, field="last_day", starts_on=grant.starts_on)
    if grant.ends_on and last_day >= grant.ends_on:
        ends = _("It ends on %(ends_on)s anyway. Choose an earlier day; for a later one propose the role again.")
        raise Refused("not_earlier", ends, field="last_day", ends_on=grant.ends_on)


def check_granters_stay(grant: Grant, last_day: date | None) -> None:
    """Two people, a leader among them, can still give powers after this role ends."""
    gives = grant.role in GRANTERS and grant.programme_id is None
    if gives and can_grant() and not can_grant(without=[grant.pk], beyond=last_day):
        raise Refused("granters_stay", STAYS, field="last_day")


def check_reason(reason: str, *, field: str = "reason") -> None:
    """A reason is written down."""
    if not reason.strip():
        raise Refused("reason_missing", _("Write down the reason."), field=field)
