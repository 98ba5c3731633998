"""Pages of panels on applications: convening one, its progress and result, locking it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.queries.drawing import experts_known_to, seats_of
from challenges.queries.programming import programme_of
from challenges.queries.ranking import progress_of
from funding.actions import reviewing_projects
from funding.forms.rounds import PanelForm
from funding.permissions.reviewing_projects import may_convene_project_panel, may_lock_project_panel
from funding.queries import project_panels, rounds
from funding.queries.project_panels import lines_of
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.permissions import reads_cases
from portal.web import find, page


@page("funding/panel_convene.html")
def convene(request, pk: UUID):
    """Convene a panel on the checked applications of a round."""
    now = portal_now()
    opened = find(rounds.visible_to(request.user), pk=pk)
    waiting = list(project_panels.checked_in(opened).select_related("poster", "bidder"))
    require(may_convene_project_panel(request.user, waiting))
    initial = {"size": max(7, opened.rules.funding.panel_least), "due_at": now + timedelta(days=10)}
    form = PanelForm(request.POST or None, initial=initial)
    if form.is_valid():
        panel = reviewing_projects.convene_project_panel(pk, **form.cleaned_data, by=request.user, now=now)
        messages.success(request, _("The panel is convened. The draw clerk names the experts now."))
        return redirect("project-panel", pk=panel.pk)
    return {"now": now, "round": opened, "form": form, "waiting": waiting}


@page("funding/panel.html")
def show(request, pk: UUID):
    """A panel on applications: progress while it scores, scores and ranks once it is locked."""
    now = portal_now()
    panel = find(project_panels.visible_to(request.user), pk=pk)
    return {
        "now": now,
        "panel": panel,
        "round": project_panels.round_of(panel),
        "progress": progress_of(panel),
        "seats": seats_of(panel, request.user),
        "knows": experts_known_to(request.user).filter(pk=panel.pk).exists(),
        "lines": lines_of(panel, request.user),
        "may_lock": may_lock_project_panel(request.user, panel),
        "reads_cases": reads_cases(request.user, programme_of(panel)),
    }


@page("funding/panel.html")
@require_POST
def lock(request, pk: UUID):
    """End the scoring."""
    panel = find(project_panels.visible_to(request.user), pk=pk)
    reviewing_projects.lock_project_panel(panel.pk, by=request.user, now=portal_now())
    messages.success(request, _("The scores are locked. Propose the awards next."))
    return redirect("project-panel", pk=pk)
