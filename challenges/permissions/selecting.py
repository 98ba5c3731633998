"""Who selects the bid that the poster signs with."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Bid
from challenges.states import BidState, ChallengeState
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import Clash, WrongState
from portal.kernel.verdict import Verdict, no
from portal.permissions import is_administrator


def may_select_bid(user, bid: Bid, *, selected: Bid | None) -> Verdict:
    """An administrator of the poster, for a bid that passed, while the board is evaluated and none is ``selected``."""
    if not is_administrator(user, bid.challenge.poster_id):
        return no(_("Only an administrator of the posting organisation may select a bid."))
    if bid.challenge.state != ChallengeState.EVALUATED:
        return no(_("This board does not wait for a selection."), "wrong_state", WrongState)
    if selected is not None:
        return no(
            _("%(lead)s is selected already. Another bid can be selected once the agreement with it is void."),
            "bid_selected_already",
            Clash,
            lead=selected.lead.name,
        )
    if bid.state not in (BidState.RANKED, BidState.RESERVE):
        return no(_("This bid cannot be selected: it is not among those that passed the review."), "wrong_state", WrongState)
    return apart(user, Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(bid.challenge_id))
