"""The poster selects the bid with which it signs."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import lock_bids, lock_case
from challenges.messages import results as messages
from challenges.models import Selection
from challenges.permissions.selecting import may_select_bid
from challenges.queries.ranking import score_of
from challenges.queries.selecting import selected_bid
from challenges.states import BidState
from portal.actions.duties import take_duty
from portal.duties import Duty, Scope
from portal.kernel.errors import Incomplete
from portal.kernel.verdict import require
from portal.models import User
from portal.tell import tell
from portal.transition import move

LONGEST = 4000


@transaction.atomic
def select_bid(bid_id: UUID, *, why: str = "", by: User, now: datetime) -> Selection:
    """Select a ranked bid, or one from the reserve once the first one's agreement is void.

    A bid that is not the first in rank needs a written reason. The other ranked bids go into the
    reserve. Raises NotAllowed, WrongState, Clash ``bid_selected_already``, Incomplete ``reason_missing``.
    """
    bid = lock_case(bid_id)
    challenge = bid.challenge
    others = [other for other in lock_bids(challenge.pk, BidState.RANKED) if other.pk != bid.pk]
    require(may_select_bid(by, bid, selected=selected_bid(challenge)))
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(challenge.pk), by=by, now=now)
    rank = score_of(bid).rank
    _check_reason(rank, why)
    selection = Selection.objects.create(bid=bid, rank=rank, reason=why.strip(), by=by, at=now)
    facts = {"selection": str(selection.pk), "rank": rank}
    event = move(bid, to=BidState.SELECTED, by=by, why=why.strip(), facts=facts)
    tell(messages.BID_SELECTED, bid, because=event)
    tell(messages.SELECTION_MADE, bid, because=event)
    for other in others:
        other.challenge = challenge
        passed_over = move(other, to=BidState.RESERVE, by=by)
        tell(messages.BID_IN_RESERVE, other, because=passed_over)
    return selection


def _check_reason(rank: int, why: str) -> None:
    if rank != 1 and not why.strip():
        raise Incomplete(
            "reason_missing",
            _("This bid is number %(rank)s, not the first in rank. Write why you select it; the reason is kept."),
            rank=rank,
            field="why",
            missing=["why"],
        )
    if len(why) > LONGEST:
        raise Incomplete("too_long", length=len(why), most=LONGEST, field="why")
