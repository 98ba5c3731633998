"""Who convenes a panel, and who names its experts: two different people."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, Panel
from challenges.queries.places import cases_of
from challenges.queries.programming import programme_of
from challenges.states import ChallengeState
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_draw_clerk, is_officer

LOCKED = _("The scoring of this panel is over. Its result stands on the panel's page.")


def may_convene_panel(user, challenge: Challenge) -> Verdict:
    """An officer who acts for no party, once the box of the challenge is open."""
    if not is_officer(user, programme_of(challenge)):
        return no(_("Only an officer of the bureau may convene a panel."))
    if not (verdict := apart(user, Duty.CONVENES_PANEL, Scope.CASE.of(challenge.pk))):
        return verdict
    if challenge.state != ChallengeState.OPENED:
        return no(
            _("A panel is convened while the opened bids wait for their review. Open the case to see where it stands."),
            "wrong_state",
            WrongState,
        )
    return YES


def may_name_experts(user, panel: Panel) -> Verdict:
    """The draw clerk, who is not the person that convened the panel, until the scores are locked."""
    if not is_draw_clerk(user, programme_of(panel)):
        return no(_("Only the draw clerk may name the experts of a panel."))
    if not (verdict := apart(user, Duty.NAMES_EXPERTS, *cases_of(panel))):
        return verdict
    if panel.locked_at:
        return no(LOCKED, "wrong_state", WrongState)
    return YES
