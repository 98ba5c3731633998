"""Pages of applications and projects: the list, one project, starting, writing, submitting and vetting it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.pages.credit import CreditBefore
from challenges.queries.agreeing import visible_to as agreements_visible_to
from funding.actions import applying, deciding, giving_up, vetting_projects
from funding.forms.projects import (
    PASS,
    RETURN,
    ContractForm,
    CostRows,
    ProjectForm,
    Promises,
    ReasonForm,
    VettingForm,
    project_initial,
)
from funding.models import Project
from funding.pages.credit import credit_of_sides
from funding.pages.project_view import context_of
from funding.permissions.applying import may_save_application, may_start_application
from funding.permissions.deciding import may_end_award
from funding.permissions.tasking import may_give_up_award
from funding.permissions.vetting_projects import FORMAL, STAGE_OF, may_return_application
from funding.queries import projects, rounds
from funding.queries.project_checks import checks_of, filled_in
from funding.states import ProjectState
from portal import vault
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.queries.profiles import profile_of
from portal.web import find, page

PAGE = 25


@page("funding/projects.html")
def index(request):
    """Projects this person may know of, the latest first."""
    rows = projects.listed(projects.visible_to(request.user))
    state = request.GET.get("state", "")
    if state in ProjectState.values:
        rows = rows.filter(state=state)
    return {
        "now": portal_now(),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "states": ProjectState.choices,
        "state": state,
    }


@page("funding/project.html")
def show(request, pk: UUID):
    """A project with its money, indicators, decisions and what comes next."""
    project = find(projects.visible_to(request.user), pk=pk)
    return context_of(project, request.user, now=portal_now())


@page("funding/project_start.html")
def start(request, agreement: UUID):
    """Apply for city money on a signed agreement: in which round."""
    now = portal_now()
    signed = find(agreements_visible_to(request.user), pk=agreement)
    if existing := projects.live_project(signed):
        return redirect("project", pk=existing.pk)
    opened = list(rounds.open_now(now))
    verdicts = [(each, may_start_application(request.user, signed, each, now=now)) for each in opened]
    if request.method == "POST":
        chosen = find(rounds.visible_to(request.user), pk=request.POST.get("round"))
        project = applying.start_application(signed.pk, chosen.pk, by=request.user, now=now)
        return redirect("project-edit", pk=project.pk)
    return {"now": now, "agreement": signed, "verdicts": verdicts}


@page("funding/project_edit.html")
def edit(request, pk: UUID):
    """Write an application; nothing has to be complete before it is submitted."""
    now = portal_now()
    project = find(projects.visible_to(request.user), pk=pk)
    require(may_save_application(request.user, project))
    form, costs, promises = _forms(request, project)
    if form.is_valid() and costs.is_valid() and promises.is_valid():
        applying.save_application(
            pk, fields=form.columns, costs=costs.filled, indicators=promises.values,
            version=form.cleaned_data["version"], by=request.user, now=now,
        )  # fmt: skip
        messages.success(request, _("The draft is saved."))
        return redirect("project-submit" if request.POST.get("step") == "submit" else "project-edit", pk=pk)
    return {
        "now": now,
        "project": project,
        "form": form,
        "costs": costs,
        "promises": promises,
        "contract": ContractForm(rules=project.rules),
        "profile": profile_of(project.poster),
        "checks": checks_of(project, _typed(project, form, costs, promises)),
    }


@page("funding/parts/project_checks.html")
@require_POST
def checks(request, pk: UUID):
    """What is met and what is missing in an application as it is being typed; nothing is saved."""
    project = find(projects.visible_to(request.user), pk=pk)
    require(may_save_application(request.user, project))
    return {"checks": checks_of(project, _typed(project, *_forms(request, project)))}


@page("funding/project_edit.html")
@require_POST
def contract(request, pk: UUID):
    """Add the labour contract of the project lead; a new one takes the place of the old."""
    project = find(projects.visible_to(request.user), pk=pk)
    require(may_save_application(request.user, project))
    form = ContractForm(request.POST, request.FILES, rules=project.rules)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        applying.attach_labour_contract(pk, name=upload.name, content=upload.read(), by=request.user, now=portal_now())
        messages.success(request, _("The labour contract is added."))
    else:
        messages.error(request, _("Choose a file first."))
    return redirect("project-edit", pk=pk)


@page("funding/project.html")
def file(request, pk: UUID) -> HttpResponse:
    """The labour contract, to be saved."""
    project = find(projects.contracts_visible_to(request.user), pk=pk)
    kept = project.labour_contract
    response = HttpResponse(vault.read(kept), content_type=kept.kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, kept.name) or "attachment"
    return response


@page("funding/project_submit.html")
def submit(request, pk: UUID):
    """Look at the application once more, and hand it in."""
    now = portal_now()
    project = find(projects.visible_to(request.user), pk=pk)
    require(may_save_application(request.user, project))
    if request.method == "POST":
        applying.submit_application(pk, by=request.user, now=now)
        messages.success(request, _("The application is submitted. Your district reviews it now."))
        return redirect("project", pk=pk)
    return context_of(project, request.user, now=now)


@page("funding/project_decide.html")
def decide(request, pk: UUID):
    """The district recommends, the bureau checks; either may return or reject."""
    now = portal_now()
    project = find(projects.visible_to(request.user), pk=pk)
    require(may_return_application(request.user, project))
    formal = STAGE_OF[project.state] == FORMAL
    form = VettingForm(request.POST or None, formal=formal)
    if form.is_valid():
        act = _act(form.cleaned_data["outcome"], formal)
        act(pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("Your decision is recorded."))
        return redirect("project", pk=pk)
    credit = credit_of_sides("check_application", project, request.user, now) if formal else CreditBefore()
    return {**context_of(project, request.user, now=now), "form": form, "formal": formal, "credit": credit}


@page("funding/project_end.html")
def end(request, pk: UUID):
    """Take a project out of the decision, with the reason."""
    now = portal_now()
    project = find(projects.visible_to(request.user), pk=pk)
    require(may_end_award(request.user, project))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        deciding.end_award(pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("The project is not funded."))
        return redirect("project", pk=pk)
    return {"now": now, "project": project, "form": form}


@page("funding/project_give_up.html")
def give_up(request, pk: UUID):
    """The poster gives up its award, with the reason."""
    now = portal_now()
    project = find(projects.visible_to(request.user), pk=pk)
    require(may_give_up_award(request.user, project))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        giving_up.give_up_award(pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("The award is given up. The money goes back."))
        return redirect("project", pk=pk)
    return {"now": now, "project": project, "form": form}


def _act(outcome: str, formal: bool) -> Callable[..., Project]:
    if outcome == PASS:
        return vetting_projects.check_application if formal else vetting_projects.recommend_application
    return vetting_projects.return_application if outcome == RETURN else vetting_projects.reject_application


def _forms(request, project: Project) -> tuple[ProjectForm, object, Promises]:
    typed = request.POST or None
    costs = [{"purpose": cost.purpose, "amount_fen": cost.amount_fen} for cost in project.costs.all()]
    indicators = project.challenge.indicators.order_by("position")
    return (
        ProjectForm(typed, initial=project_initial(project)),
        CostRows(typed, prefix="costs", initial=costs),
        Promises(typed, prefix="promises", indicators=indicators, values=projects.promises_of(project)),
    )


def _typed(project: Project, form: ProjectForm, costs, promises: Promises) -> dict[str, object]:
    """The application as it stands, with what is in the form and can be read."""
    filled = filled_in(project)
    if not form.is_bound:
        return filled
    for each in (form, costs, promises):
        each.full_clean()
    gone = costs.deleted_forms if not costs.total_error_count() else []
    amounts = [row.cleaned_data.get("amount_fen") or 0 for row in costs.forms if row.has_changed() and row not in gone]
    return {**filled, **form.columns, "uses_fen": sum(amounts), "promises": promises.values}
