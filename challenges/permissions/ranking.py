"""Who locks the scores, and who may see them."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Bid, Challenge, Panel
from challenges.queries.places import cases_of
from challenges.queries.programming import programme_of
from challenges.states import BidState, ChallengeState
from portal.apart import apart
from portal.duties import Duty
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds, is_member, reads_cases


def may_lock_panel(user, panel: Panel) -> Verdict:
    """An officer or the division head who does not score on this panel, once."""
    if not holds(user, Role.OFFICER, Role.DIVISION_HEAD, programme_id=programme_of(panel)):
        return no(_("Only an officer or the division head may lock the scores of a panel."))
    if not (verdict := apart(user, Duty.LOCKS_SCORES, *cases_of(panel))):
        return verdict
    if panel.locked_at:
        return no(_("The scores of this panel are locked already. See the result."), "wrong_state", WrongState)
    return YES


def may_read_sheets(user, panel: Panel) -> Verdict:
    """People of the bureau who read cases, and only once the scores are locked."""
    if not reads_cases(user, programme_of(panel)):
        return no(_("Who scored what is read by the bureau only."))
    if not panel.locked_at:
        return no(_("Scores are shown once the panel is locked. Until then you see how many sheets are in."), "unlocked")
    return YES


def may_read_ranks(user, challenge: Challenge) -> Verdict:
    """The bureau, and the poster's people once the board is evaluated: totals and ranks, not who scored what."""
    if not reads_cases(user, programme_of(challenge)) and not is_member(user, challenge.poster_id):
        return no(_("Only the poster and the bureau see the ranks of all bids."))
    if challenge.state not in (ChallengeState.EVALUATED, ChallengeState.MATCHED, ChallengeState.FAILED):
        return no(_("The bids of this board are not evaluated yet."), "not_evaluated", WrongState)
    return YES


def may_read_own_score(user, bid: Bid) -> Verdict:
    """The bidder's people, once it is decided what becomes of the bid."""
    if not is_member(user, bid.lead_id):
        return no(_("Only the bidding organisation sees the score of its bid."))
    if bid.state not in (BidState.SELECTED, BidState.RESERVE, BidState.NOT_SELECTED):
        return no(_("Your score is shown once the poster has decided."), "not_decided", WrongState)
    return YES
