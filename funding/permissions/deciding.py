"""Who proposes awards, gives notice of them, and ends an award that cannot go on."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from challenges.queries.programming import programme_of
from funding.models import Project
from funding.queries.places import cases
from funding.states import ProjectState
from portal.apart import apart
from portal.duties import Duty
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_officer

HANDLED = _("Only an officer of the bureau prepares the decision on a round.")


def may_propose_awards(user, projects: list[Project]) -> Verdict:
    """An officer who acts for no party, while reviewed applications wait for the decision."""
    if not handles(user, projects):
        return no(HANDLED)
    if not (verdict := apart(user, Duty.PROPOSES_AWARD, *cases(projects))):
        return verdict
    if not projects:
        return no(_("No reviewed application of this round waits for a proposal."), "wrong_state", WrongState)
    return YES


def may_give_award_notice(user, projects: list[Project]) -> Verdict:
    """An officer, for proposed projects."""
    if not handles(user, projects):
        return no(_("Only an officer of the bureau may give public notice."))
    if not (verdict := apart(user, Duty.PROPOSES_AWARD, *cases(projects))):
        return verdict
    if any(project.state != ProjectState.PROPOSED for project in projects) or not projects:
        return no(_("Public notice is given of proposed awards only. Open the round again."), "wrong_state", WrongState)
    return YES


def may_end_award(user, project: Project) -> Verdict:
    """An officer, until the government has approved."""
    if not handles(user, [project]):
        return no(HANDLED)
    if not (verdict := apart(user, Duty.PROPOSES_AWARD, *cases([project]))):
        return verdict
    if project.state not in (ProjectState.REVIEWED, ProjectState.PROPOSED, ProjectState.IN_NOTICE):
        return no(_("This project is not waiting for a decision on its award."), "wrong_state", WrongState)
    return YES


def handles(user, projects: Iterable[Project]) -> bool:
    """Whether a person is an officer in the programme of every one of these projects."""
    return is_officer(user) and all(is_officer(user, programme_of(project)) for project in projects)
