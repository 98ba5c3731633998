"""Who convenes a panel on the applications of a round, and who locks it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from challenges.permissions.ranking import may_lock_panel
from challenges.queries.programming import programme_of
from funding.models import Project
from funding.queries.places import cases
from portal.apart import apart
from portal.duties import Duty
from portal.kernel.verdict import Verdict, no
from portal.permissions import is_officer


def may_convene_project_panel(user, projects: Sequence[Project] = ()) -> Verdict:
    """An officer who acts for no party of these projects."""
    if not is_officer(user) or not all(is_officer(user, programme_of(each)) for each in projects):
        return no(_("Only an officer of the bureau may convene a panel."))
    return apart(user, Duty.CONVENES_PANEL, *cases(projects))


may_lock_project_panel = may_lock_panel
"""As every panel."""
