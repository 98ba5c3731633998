"""Delegations (代办): one person lends a power for some days, another accepts it and acts for them."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_acting as messages
from portal.clock import china_date
from portal.kernel.errors import Clash, Incomplete, NotAllowed, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_delegation, lock_person
from portal.models import Delegation, Grant, Membership, User
from portal.permissions_acting import may_accept_delegation, may_answer_delegation, may_delegate, may_end_delegation
from portal.queries.acting import Power, in_force, overlapping, own_powers, takes_over
from portal.queries.people import accounts_of
from portal.queries.settings import setting
from portal.record import record
from portal.second_factor import has_second_factor
from portal.states import DelegationState
from portal.tell import tell
from portal.transition import move

UNFIT = _("Nobody with this address can take this over. A role goes to an official of the same side who has a second "
          "factor, a membership to somebody who acts for the same organisation.")  # fmt: skip
TAKEN = _("On some of these days this power is delegated already. Take that back first, or choose other days.")
NOT_IN_FORCE = _("This delegation does not hold now: it was ended, its days are not today, or the power itself is gone.")


@transaction.atomic
def offer_delegation(
    *, power: UUID, delegate: str, starts_on: date, ends_on: date, reason: str, by: User, now: datetime
) -> Delegation:
    """Offer a role or a membership of one's own (its id) to the holder of an address, from a first to a last day.

    Raises NotAllowed (``acting_for_another``), NotFound for a power that is not one's own today, Incomplete,
    Refused (``day_past``, ``days_reversed``, ``days_too_many``, ``delegate_self``, ``delegate_unfit``), Clash (``delegated_already``).
    """
    lock_person(by.pk)
    require(may_delegate(by))
    lent = next((each for each in own_powers(by) if each.pk == power), None)
    if lent is None:
        raise NotFound()
    if not reason.strip():
        raise Incomplete("field_missing", field="reason", missing=["reason"])
    _check_days(starts_on, ends_on, now=now)
    taker = _taker(delegate, lent, by=by)
    if overlapping(lent, starts_on, ends_on).exists():
        raise Clash("delegated_already", TAKEN, field="starts_on")
    delegation = Delegation.objects.create(
        principal=by, delegate=taker, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(), offered_at=now,
        grant=lent if isinstance(lent, Grant) else None, membership=lent if isinstance(lent, Membership) else None,
    )  # fmt: skip
    event = record("delegation.offered", delegation, by=by, facts=facts_of(delegation), why=reason.strip())
    tell(messages.DELEGATION_OFFERED, delegation, because=event)
    return delegation


@transaction.atomic
def accept_delegation(delegation_id: UUID, *, by: User, now: datetime) -> Delegation:
    """Take over what was offered; it holds on its days.

    Raises NotFound, NotAllowed, WrongState, Refused (``delegation_over``, ``delegate_unfit``, ``power_gone``).
    """
    delegation = lock_delegation(delegation_id)
    require(may_accept_delegation(by, delegation, now=now))
    lent = delegation.grant or delegation.membership
    if lent not in own_powers(delegation.principal):
        raise Refused("power_gone", _("%(name)s does not hold this power any more.") % {"name": delegation.principal.name})
    if not takes_over(by, lent) or (delegation.grant and not has_second_factor(by)):
        raise Refused("delegate_unfit", UNFIT)
    delegation.answered_at = now
    event = move(delegation, to=DelegationState.ACCEPTED, by=by, also=["answered_at"], facts=facts_of(delegation))
    tell(messages.DELEGATION_ACCEPTED, delegation, because=event)
    return delegation


@transaction.atomic
def decline_delegation(delegation_id: UUID, *, by: User, now: datetime) -> Delegation:
    """Do not take over what was offered. Raises NotFound, NotAllowed, WrongState."""
    delegation = lock_delegation(delegation_id)
    require(may_answer_delegation(by, delegation, now=now))
    delegation.answered_at = now
    event = move(delegation, to=DelegationState.DECLINED, by=by, also=["answered_at"])
    tell(messages.DELEGATION_DECLINED, delegation, because=event)
    return delegation


@transaction.atomic
def end_delegation(delegation_id: UUID, *, by: User, now: datetime) -> Delegation:
    """End a delegation at once: the principal takes it back, or the delegate gives it back.

    Whoever is acting under it is themselves again at the next request. Raises NotFound, NotAllowed, WrongState.
    """
    delegation = lock_delegation(delegation_id)
    require(may_end_delegation(by, delegation))
    delegation.ended_at, delegation.ended_by = now, by
    taken_back = by.pk == delegation.principal_id
    event = move(
        delegation, to=DelegationState.ENDED, by=by, also=["ended_at", "ended_by"], facts={"taken_back": taken_back}
    )
    tell(messages.DELEGATION_ENDED, delegation, because=event)
    return delegation


@transaction.atomic
def begin_acting(delegation_id: UUID, *, by: User, now: datetime) -> Delegation:
    """Begin to act for somebody else; the record keeps that one did. Raises NotAllowed (``delegation_not_in_force``)."""
    require(may_delegate(by))
    delegation = in_force(by, delegation_id)
    if delegation is None:
        raise NotAllowed("delegation_not_in_force", NOT_IN_FORCE)
    if delegation.grant and not has_second_factor(by):
        raise NotAllowed("second_factor_missing", _("This role needs a second factor. Add one to your account first."))
    record("delegation.used", delegation, by=by, facts={"principal": str(delegation.principal_id)})
    return delegation


def facts_of(delegation: Delegation) -> dict[str, object]:
    """What the record keeps of a delegation."""
    return {
        "principal": str(delegation.principal_id),
        "delegate": str(delegation.delegate_id),
        "power": str(delegation.grant_id or delegation.membership_id),
        "starts_on": delegation.starts_on.isoformat(),
        "ends_on": delegation.ends_on.isoformat(),
    }


def _check_days(starts_on: date, ends_on: date, *, now: datetime) -> None:
    if starts_on < china_date(now):
        raise Refused("day_past", _("The first day lies in the past. Choose today or a later day."), field="starts_on")
    if ends_on < starts_on:
        raise Refused("days_reversed", _("The last day lies before the first day."), field="ends_on")
    most = setting("delegation_days")
    if ends_on >= starts_on + timedelta(days=most):
        raise Refused("days_too_many", _("A delegation holds for at most %(most)s days."), field="ends_on", most=most)


def _taker(address: str, lent: Power, *, by: User) -> User:
    """The person with this address, who may take the power over; the same refusal for whoever may not and for nobody."""
    found = User.objects.filter(email=address.strip().lower(), is_active=True).first()
    if found is not None and found.pk in accounts_of(by.pk):
        raise Refused("delegate_self", _("This is your own address. Choose somebody else."), field="delegate")
    if found is None or not takes_over(found, lent) or (isinstance(lent, Grant) and not has_second_factor(found)):
        raise Refused("delegate_unfit", UNFIT, field="delegate")
    return found
