"""Pages of milestones: the report with its evidence, and the bureau's decision."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from funding.actions import reporting
from funding.forms.payments import ReportForm, WhyForm
from funding.models import Milestone
from funding.permissions.reporting import may_accept_milestone, may_report_milestone
from funding.queries import milestones
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.web import find, give_file, page

PAGE = 25


@page("funding/milestones.html")
def index(request):
    """Milestones this person may know about; reported ones first, then by day."""
    rows = milestones.listed(milestones.visible_to(request.user))
    return {"now": portal_now(), "page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}


@page("funding/milestone.html")
def show(request, pk: UUID):
    """A milestone: its target, what was reported, and the next act."""
    return _context(_found(request, pk), request.user)


@page("funding/milestone_report.html")
def report(request, pk: UUID):
    """Report a milestone."""
    now = portal_now()
    milestone = _found(request, pk)
    require(may_report_milestone(request.user, milestone))
    form = ReportForm(request.POST or None, request.FILES or None, milestone=milestone)
    if form.is_valid():
        reporting.report_milestone(
            milestone.pk,
            text=form.cleaned_data["text"],
            measured=form.cleaned_data.get("measured"),
            files=[(file.name, file.read()) for file in form.cleaned_data["files"]],
            by=request.user,
            now=now,
        )
        messages.success(request, _("The milestone is reported. The bureau decides on it now."))
        return redirect("milestone", pk=pk)
    return {"now": now, "milestone": milestone, "project": milestone.project, "form": form}


@require_POST
@page("funding/milestone.html")
def accept(request, pk: UUID):
    """Accept a reported milestone."""
    milestone = _found(request, pk)
    reporting.accept_milestone(milestone.pk, by=request.user, now=portal_now())
    messages.success(request, _("The milestone is accepted. Both sides have been told."))
    return redirect("milestone", pk=pk)


@page("funding/milestone_return.html")
def send_back(request, pk: UUID):
    """Send a report back with the reason."""
    milestone = _found(request, pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        reporting.return_milestone(milestone.pk, why=form.cleaned_data["why"], by=request.user, now=portal_now())
        messages.success(request, _("The report is returned. Both sides have been told."))
        return redirect("milestone", pk=pk)
    return {**_context(milestone, request.user), "form": form}


@page("funding/milestone.html")
def evidence(request, pk: UUID) -> HttpResponse:
    """A file of evidence, to be saved."""
    return give_file(find(milestones.evidence_visible_to(request.user), pk=pk).file)


def _found(request, pk: UUID) -> Milestone:
    return find(milestones.visible_to(request.user), pk=pk)


def _context(milestone: Milestone, user) -> dict:
    reports = list(milestones.reports_of(milestone))
    return {
        "now": portal_now(),
        "milestone": milestone,
        "project": milestone.project,
        "reports": [(each, milestones.reaches(milestone, each)) for each in reports],
        "instalments": milestone.instalments.all(),
        "may_report": may_report_milestone(user, milestone),
        "may_accept": may_accept_milestone(user, milestone),
    }
