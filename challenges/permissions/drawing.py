"""Who convenes a panel, and who names its experts: two different people."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, Panel
from challenges.permissions.vetting import OWN_CASE
from challenges.queries.drawing import acts_for_a_candidate
from challenges.queries.opening import acts_for_an_opened_bid
from challenges.states import ChallengeState
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_draw_clerk, is_member, is_officer

LOCKED = _("The scoring of this panel is over. Its result stands on the panel's page.")


def may_convene_panel(user, challenge: Challenge) -> Verdict:
    """An officer who acts for no party, once the box of the challenge is open."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau may convene a panel."))
    if is_member(user, challenge.poster_id):
        return no(_("You act for the poster of this board, so another officer has to convene the panel."), "own_case")
    if acts_for_an_opened_bid(user, challenge):
        return no(OWN_CASE, "own_case")
    if challenge.state != ChallengeState.OPENED:
        return no(
            _("A panel is convened while the opened bids wait for their review. Open the case to see where it stands."),
            "wrong_state",
            WrongState,
        )
    return YES


def may_name_experts(user, panel: Panel) -> Verdict:
    """The draw clerk, who is not the person that convened the panel, until the scores are locked."""
    if not is_draw_clerk(user):
        return no(_("Only the draw clerk may name the experts of a panel."))
    if panel.convened_by_id == user.pk:
        return no(
            _("You convened this panel, so another draw clerk has to name its experts."), "named_by_the_convener"
        )
    if acts_for_a_candidate(user, panel):
        return no(OWN_CASE, "own_case")
    if panel.locked_at:
        return no(LOCKED, "wrong_state", WrongState)
    return YES
