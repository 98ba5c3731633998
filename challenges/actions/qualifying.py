"""The formal check of an opened bid: qualified, or disqualified with a written reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import hold_bid
from challenges.messages import bids as messages
from challenges.models import Bid, Qualification, QualificationOutcome
from challenges.permissions.qualifying import may_disqualify_bid, may_qualify_bid
from challenges.permissions.standing import affiliations_in_order, credit_in_order
from challenges.queries.credit import organisations_of_bid
from challenges.states import BidState
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Duty, Scope
from portal.kernel.errors import Incomplete
from portal.kernel.verdict import require
from portal.models import User
from portal.tell import tell
from portal.transition import move


@transaction.atomic
def qualify_bid(bid_id: UUID, *, by: User, now: datetime) -> Bid:
    """Find that a bid meets the formal conditions and goes to the panel.

    Raises WrongState on a second click, Refused where the credit of its organisations is not in order,
    ``affiliation_undecided`` or ``affiliation_excludes`` where they are tied to the poster.
    """
    bid = hold_bid(bid_id)
    require(may_qualify_bid(by, bid))
    on = china_date(now)
    require(credit_in_order("qualify_bid", bid.challenge.rules, organisations_of_bid(bid), on=on))
    require(affiliations_in_order(bid, on=on))
    take_duty(Duty.HANDLES_CASE, Scope.CASE.of(bid.challenge_id), by=by, now=now)
    Qualification.objects.create(bid=bid, outcome=QualificationOutcome.QUALIFIED, by=by, at=now)
    event = move(bid, to=BidState.QUALIFIED, by=by)
    tell(messages.BID_QUALIFIED, bid, because=event)
    return bid


@transaction.atomic
def disqualify_bid(bid_id: UUID, *, why: str, by: User, now: datetime) -> Bid:
    """Find that a bid does not meet the formal conditions; its people read the reason.

    Raises Incomplete ``reason_missing`` without one, WrongState (``panel_convened``) or NotAllowed.
    """
    bid = hold_bid(bid_id)
    require(may_disqualify_bid(by, bid))
    take_duty(Duty.HANDLES_CASE, Scope.CASE.of(bid.challenge_id), by=by, now=now)
    if not why.strip():
        raise Incomplete("reason_missing", _("A disqualification needs a reason. The bidder reads it."), field="why")
    Qualification.objects.create(
        bid=bid, outcome=QualificationOutcome.DISQUALIFIED, reason=why.strip(), by=by, at=now
    )
    event = move(bid, to=BidState.DISQUALIFIED, by=by, why=why.strip())
    tell(messages.BID_DISQUALIFIED, bid, because=event)
    return bid
