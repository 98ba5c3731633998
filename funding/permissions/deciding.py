"""Who proposes awards, gives notice of them, and ends an award that cannot go on."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from funding.models import Project
from funding.permissions.vetting_projects import OWN_CASE, acts_for_a_party
from funding.queries.project_panels import has_scored
from funding.states import ProjectState
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_officer

SCORED = _("You scored one of these projects, so somebody else has to decide.")
HANDLED = _("Only an officer of the bureau prepares the decision on a round.")


def may_propose_awards(user, projects: list[Project]) -> Verdict:
    """An officer who acts for no party, while reviewed applications wait for the decision."""
    if not is_officer(user):
        return no(HANDLED)
    if any(acts_for_a_party(user, project) for project in projects):
        return no(_("You act for a party of one of these projects, so another officer has to propose."), "own_case")
    if has_scored(user, projects):
        return no(SCORED, "scores_and_decides")
    if not projects:
        return no(_("No reviewed application of this round waits for a proposal."), "wrong_state", WrongState)
    return YES


def may_give_award_notice(user, projects: list[Project]) -> Verdict:
    """An officer, for proposed projects."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau may give public notice."))
    if not (verdict := stands_apart(user, projects)):
        return verdict
    if any(project.state != ProjectState.PROPOSED for project in projects) or not projects:
        return no(_("Public notice is given of proposed awards only. Open the round again."), "wrong_state", WrongState)
    return YES


def may_end_award(user, project: Project) -> Verdict:
    """An officer, until the government has approved."""
    if not is_officer(user):
        return no(HANDLED)
    if not (verdict := stands_apart(user, [project])):
        return verdict
    if project.state not in (ProjectState.REVIEWED, ProjectState.PROPOSED, ProjectState.IN_NOTICE):
        return no(_("This project is not waiting for a decision on its award."), "wrong_state", WrongState)
    return YES


def stands_apart(user, projects: Iterable[Project]) -> Verdict:
    """Yes for somebody who acts for no party and scored none of these projects: who scores does not decide."""
    projects = list(projects)
    if any(acts_for_a_party(user, project) for project in projects):
        return no(OWN_CASE, "own_case")
    if has_scored(user, projects):
        return no(SCORED, "scores_and_decides")
    return YES
