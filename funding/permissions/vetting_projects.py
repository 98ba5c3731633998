"""Who vets an application: the reviewer of the poster's district, then the bureau's officer."""

from django.utils.translation import gettext_lazy as _

from challenges.queries.programming import programme_of
from funding.models import Project
from funding.queries.places import cases
from funding.states import ProjectState
from portal.apart import apart
from portal.duties import Duty
from portal.kernel.errors import WrongState
from portal.kernel.verdict import Verdict, no
from portal.permissions import is_officer, reviews_district

DISTRICT, FORMAL = "district", "formal"
STAGE_OF = {ProjectState.SUBMITTED: DISTRICT, ProjectState.RECOMMENDED: FORMAL}
"""Which stage of vetting a state waits for."""

DUTY_OF = {DISTRICT: Duty.VETS_APPLICATION_FOR_DISTRICT, FORMAL: Duty.CHECKS_APPLICATION}
"""Which duty each stage of vetting is."""

MOVED_ON = _("This application no longer waits for this decision. Open it again to see where it stands.")


def may_recommend_application(user, project: Project) -> Verdict:
    """The reviewer of the poster's district, while the application waits for the district."""
    verdict = _vets(user, project, DISTRICT)
    if verdict and project.state != ProjectState.SUBMITTED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return verdict


def may_check_application(user, project: Project) -> Verdict:
    """An officer, once the district has recommended the application."""
    verdict = _vets(user, project, FORMAL)
    if verdict and project.state != ProjectState.RECOMMENDED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return verdict


def may_return_application(user, project: Project) -> Verdict:
    """Whoever the application waits for: the reviewer of the district, then an officer."""
    stage = STAGE_OF.get(project.state)
    if stage is None:
        if not _vets(user, project, DISTRICT) and not _vets(user, project, FORMAL):
            return no(_("Only the reviewer of the poster's district and the bureau's officers vet an application."))
        return no(MOVED_ON, "wrong_state", WrongState)
    return _vets(user, project, stage)


may_reject_application = may_return_application


def _vets(user, project: Project, stage: str) -> Verdict:
    if stage == DISTRICT and not reviews_district(user, project.poster.district_id, programme_of(project)):
        return no(_("Only a reviewer of the poster's district may take this decision."))
    if stage == FORMAL and not is_officer(user, programme_of(project)):
        return no(_("Only an officer of the bureau may take this decision."))
    return apart(user, DUTY_OF[stage], *cases([project]))
