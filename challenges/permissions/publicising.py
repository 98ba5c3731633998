"""Who may put a need before the public."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge
from challenges.queries.programming import programme_of
from challenges.states import ChallengeState
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_officer


def may_give_notice(user, challenge: Challenge) -> Verdict:
    """An officer, for a need in the pool."""
    if not is_officer(user, programme_of(challenge)):
        return no(_("Only an officer of the bureau may give public notice."))
    if not (verdict := apart(user, Duty.HANDLES_CASE, Scope.CASE.of(challenge.pk))):
        return verdict
    if challenge.state == ChallengeState.IN_NOTICE:
        return no(_("The public notice of this need is running already."), "wrong_state", WrongState)
    if challenge.state != ChallengeState.POOLED:
        return no(_("Public notice can be given of a need in the pool only."), "wrong_state", WrongState)
    return YES
