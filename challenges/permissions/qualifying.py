"""Who may say whether an opened bid meets the formal conditions."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Bid
from challenges.queries.programming import programme_of
from challenges.states import BidState, ChallengeState
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import NotFound, WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_member, is_officer, reads_cases


def may_qualify_bid(user, bid: Bid) -> Verdict:
    """An officer who does not act for a side, for a bid that was opened and not decided on."""
    verdict = _decides(user, bid)
    if not verdict:
        return verdict
    if bid.state != BidState.OPENED:
        return no(_("This bid has been decided on already."), "wrong_state", WrongState)
    return YES


def may_disqualify_bid(user, bid: Bid) -> Verdict:
    """The same, also for a bid that was qualified, as long as no panel scores it."""
    verdict = _decides(user, bid)
    if not verdict:
        return verdict
    if bid.state not in (BidState.OPENED, BidState.QUALIFIED):
        return no(_("This bid has been decided on already."), "wrong_state", WrongState)
    if bid.candidacies.exists():
        return no(_("A panel is scoring this bid. It can no longer be disqualified here."), "panel_convened", WrongState)
    return YES


def _decides(user, bid: Bid) -> Verdict:
    if bid.state not in BidState.after_opening():
        return no(_("There is no such bid, or it is not open to you."), "not_found", NotFound)
    programme_id = programme_of(bid.challenge)
    if is_officer(user, programme_id):
        if not (verdict := apart(user, Duty.HANDLES_CASE, Scope.CASE.of(bid.challenge_id))):
            return verdict
    elif reads_cases(user, programme_id) or is_member(user, bid.lead_id) or is_member(user, bid.challenge.poster_id):
        return no(_("Only an officer of the bureau may decide whether a bid meets the formal conditions."))
    else:
        return no(_("There is no such bid, or it is not open to you."), "not_found", NotFound)
    if bid.challenge.state != ChallengeState.OPENED:
        return no(_("The formal check of this board is over."), "wrong_state", WrongState)
    return YES
