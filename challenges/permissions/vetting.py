"""Who vets a need: the reviewer of its district, then the bureau's officer."""

from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, VettingStage
from challenges.queries.programming import programme_of
from challenges.states import ChallengeState
from portal.apart import apart
from portal.duties import Duty, Scope
from portal.kernel.errors import WrongState
from portal.kernel.verdict import Verdict, no
from portal.permissions import is_officer, reviews_district

STAGE_OF = {
    ChallengeState.SUBMITTED: VettingStage.DISTRICT,
    ChallengeState.RECOMMENDED: VettingStage.FORMAL,
}
"""Which stage of vetting a state waits for."""

DUTY_OF = {VettingStage.DISTRICT: Duty.VETS_NEED_FOR_DISTRICT, VettingStage.FORMAL: Duty.VETS_NEED}
"""Which duty each stage of vetting is."""

MOVED_ON = _("This need no longer waits for this decision. Open it again to see where it stands.")


def may_recommend_need(user, challenge: Challenge) -> Verdict:
    """The reviewer of the poster's district, while the need waits for the district."""
    verdict = _vets(user, challenge, VettingStage.DISTRICT)
    if verdict and challenge.state != ChallengeState.SUBMITTED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return verdict


def may_pool_need(user, challenge: Challenge) -> Verdict:
    """An officer, once the district has recommended the need."""
    verdict = _vets(user, challenge, VettingStage.FORMAL)
    if verdict and challenge.state != ChallengeState.RECOMMENDED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return verdict


def may_return_need(user, challenge: Challenge) -> Verdict:
    """Whoever the need waits for: the reviewer of its district, then an officer."""
    stage = STAGE_OF.get(challenge.state)
    if stage is None:
        if not _vets(user, challenge, VettingStage.DISTRICT) and not _vets(user, challenge, VettingStage.FORMAL):
            return no(_("Only the reviewer of its district and the bureau's officers vet a need."))
        return no(MOVED_ON, "wrong_state", WrongState)
    return _vets(user, challenge, stage)


may_reject_need = may_return_need


def _vets(user, challenge: Challenge, stage: str) -> Verdict:
    if stage == VettingStage.DISTRICT and not reviews_district(user, challenge.poster.district_id, programme_of(challenge)):
        return no(_("Only a reviewer of the poster's district may take this decision."))
    if stage == VettingStage.FORMAL and not is_officer(user, programme_of(challenge)):
        return no(_("Only an officer of the bureau may take this decision."))
    return apart(user, DUTY_OF[stage], Scope.CASE.of(challenge.pk))
