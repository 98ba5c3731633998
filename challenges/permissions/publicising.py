"""Who may put a need before the public."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge
from challenges.permissions.vetting import OWN_CASE
from challenges.states import ChallengeState
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_member, is_officer


def may_give_notice(user, challenge: Challenge) -> Verdict:
    """An officer, for a need in the pool."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau may give public notice."))
    if is_member(user, challenge.poster_id):
        return no(OWN_CASE, "own_case")
    if challenge.state == ChallengeState.IN_NOTICE:
        return no(_("The public notice of this need is running already."), "wrong_state", WrongState)
    if challenge.state != ChallengeState.POOLED:
        return no(_("Public notice can be given of a need in the pool only."), "wrong_state", WrongState)
    return YES
