"""Who reports a milestone, and who accepts it."""

from django.utils.translation import gettext_lazy as _

from funding.models import Milestone
from funding.permissions.vetting_projects import OWN_CASE, acts_for_a_party
from funding.states import MilestoneState, ProjectState
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_editor, is_officer

MOVED_ON = _("The milestone has moved on since you opened this page. Open it again to see where it stands.")


def may_report_milestone(user, milestone: Milestone) -> Verdict:
    """An editor of poster or bidder, while the milestone is planned or was returned."""
    project = milestone.project
    if not (is_editor(user, project.poster_id) or is_editor(user, project.bidder_id)):
        return no(_("Only editors and administrators of the poster and the bidder report milestones."))
    if milestone.state not in (MilestoneState.PLANNED, MilestoneState.RETURNED):
        return no(MOVED_ON, "wrong_state", WrongState)
    if project.state != ProjectState.UNDER_WAY:
        return no(_("The project is not under way, so nothing is reported now."), "project_not_under_way", WrongState)
    return YES


def may_accept_milestone(user, milestone: Milestone) -> Verdict:
    """An officer who did not report it; the same for returning it."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau decides on reported milestones."))
    if acts_for_a_party(user, milestone.project):
        return no(OWN_CASE, "own_case")
    if milestone.state != MilestoneState.REPORTED:
        return no(MOVED_ON, "wrong_state", WrongState)
    if milestone.reports.order_by("-at").values_list("by_id", flat=True).first() == user.pk:
        return no(_("You reported this milestone yourself. Somebody else decides on it."), "reported_by_yourself")
    return YES
