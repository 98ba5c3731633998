"""Who convenes a panel on the applications of a round, and who locks it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from challenges.models import Panel
from challenges.permissions.ranking import may_lock_panel
from funding.models import Project
from funding.permissions.vetting_projects import acts_for_a_party
from portal.kernel.verdict import YES, Verdict, no
from portal.permissions import is_officer


def may_convene_project_panel(user, projects: Sequence[Project] = ()) -> Verdict:
    """An officer who acts for no party of these projects."""
    if not is_officer(user):
        return no(_("Only an officer of the bureau may convene a panel."))
    if any(acts_for_a_party(user, project) for project in projects):
        return no(_("You act for a party of one of these projects, so another officer has to convene the panel."), "own_case")
    return YES


def may_lock_project_panel(user, panel: Panel, projects: Sequence[Project] = ()) -> Verdict:
    """As every panel; and nobody who acts for a party."""
    if not (verdict := may_lock_panel(user, panel)):
        return verdict
    if any(acts_for_a_party(user, project) for project in projects):
        return no(_("You act for a party of one of these projects, so somebody else has to lock the panel."), "own_case")
    return YES
