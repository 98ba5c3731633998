"""Who may say that a board has no valid taker. Closing and opening belong to the clock."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge
from challenges.queries.programming import programme_of
from challenges.states import BidState, ChallengeState
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import NotFound, WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_member, is_officer, reads_cases

IN_THE_RUNNING = [BidState.OPENED, BidState.QUALIFIED, BidState.RANKED, BidState.SELECTED, BidState.RESERVE]


def may_declare_failed(user, challenge: Challenge) -> Verdict:
    """An officer, once the box is open and no bid is left that could be taken."""
    if challenge.state not in ChallengeState.public():
        return no(_("There is no such board."), "not_found", NotFound)
    if not is_officer(user, programme_of(challenge)):
        return no(_("Only an officer of the bureau may say that a board has no valid taker."))
    if not (verdict := apart(user, Duty.HANDLES_CASE, Scope.CASE.of(challenge.pk))):
        return verdict
    if challenge.state not in (ChallengeState.OPENED, ChallengeState.EVALUATED):
        return no(_("This can be said only after the opening and before an agreement."), "wrong_state", WrongState)
    if challenge.bids.filter(state__in=IN_THE_RUNNING).exists():
        return no(_("There are bids that can still be taken."), "bids_in_the_running", WrongState)
    return YES


def may_see_opened_bids(user, challenge: Challenge) -> Verdict:
    """The poster's people and the bureau, once the box is open."""
    if not (reads_cases(user, programme_of(challenge)) or is_member(user, challenge.poster_id)):
        return no(_("There is no such page, or it is not open to you."), "not_found", NotFound)
    if challenge.opened_at is None:
        return no(
            _("The box of this board is not open. Before that nobody is shown anything about bids."), "box_not_open", WrongState
        )
    return YES
