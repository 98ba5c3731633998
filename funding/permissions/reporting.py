"""Who reports a milestone, and who accepts it."""

from django.utils.translation import gettext_lazy as _

from challenges.queries.programming import programme_of
from funding.models import Milestone
from funding.queries.places import cases
from funding.states import MilestoneState, ProjectState
from portal.apart import apart
from portal.duties import Duty, Scope
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
    return apart(user, Duty.ACTS_FOR_A_PARTY, *cases([project]))


def may_accept_milestone(user, milestone: Milestone) -> Verdict:
    """An officer who did not report it; the same for returning it."""
    if not is_officer(user, programme_of(milestone.project)):
        return no(_("Only an officer of the bureau decides on reported milestones."))
    places = [*cases([milestone.project]), Scope.MILESTONE.of(milestone.pk)]
    if not (verdict := apart(user, Duty.DECIDES_ON_MILESTONE, *places)):
        return verdict
    if milestone.state != MilestoneState.REPORTED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES
