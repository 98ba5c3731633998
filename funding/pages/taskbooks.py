"""Pages of task books: drafting, writing, the comparison of indicators, and the four signatures."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.pages.credit import CreditBefore
from challenges.permissions.standing import affiliations_in_order, may_decide_affiliation
from challenges.queries.programming import programme_of
from challenges.queries.ties import ties_of
from funding.actions import tasking
from funding.forms.projects import Promises, ReasonForm
from funding.forms.taskbooks import (
    InstalmentRows,
    MilestoneRows,
    SignForm,
    TaskBookForm,
    instalment_rows,
    milestone_rows,
    taskbook_initial,
)
from funding.models import TaskBook, TaskParty
from funding.pages.credit import credit_of_sides
from funding.permissions.tasking import (
    may_save_taskbook,
    may_send_taskbook,
    may_sign_taskbook,
    may_withdraw_taskbook,
    parties_of,
)
from funding.queries import projects, taskbooks
from funding.states import TaskBookState
from portal.clock import china_date, portal_now
from portal.faces import Signer
from portal.kernel.verdict import Verdict, require
from portal.permissions import reads_cases
from portal.queries.doers import doer_of
from portal.queries.profiles import sides
from portal.web import find, page


@page("funding/taskbook.html")
@require_POST
def draft(request, pk: UUID):
    """Draft the task book of an approved project."""
    project = find(projects.visible_to(request.user), pk=pk)
    taskbook = tasking.draft_taskbook(project.pk, by=request.user, now=portal_now())
    messages.success(request, _("The task book is drafted. Check it, then send it to be signed."))
    return redirect("taskbook-edit", pk=taskbook.pk)


@page("funding/taskbook.html")
def show(request, pk: UUID):
    """A task book: comparison of indicators, milestones, instalments, signatures."""
    taskbook = find(taskbooks.visible_to(request.user), pk=pk)
    mine, now = parties_of(request.user, taskbook.project), portal_now()
    credit = _credit(taskbook, request.user, mine, now)
    return {
        "now": now,
        "taskbook": taskbook,
        "project": taskbook.project,
        "compared": taskbooks.compared(taskbook),
        "sum_fen": sum(each.amount_fen for each in taskbook.instalments.all()),
        "signers": _signers(taskbook, request.user, mine),
        "signing": [(party, TaskParty(party).label, _may_sign(request.user, taskbook, party, credit["credit"], now)) for party in mine],
        **credit,
        "may_save": may_save_taskbook(request.user, taskbook),
        "may_send": may_send_taskbook(request.user, taskbook),
        "may_withdraw": may_withdraw_taskbook(request.user, taskbook),
    }


@page("funding/taskbook_edit.html")
def edit(request, pk: UUID):
    """Write a task book; indicators may not fall below the application's, instalments add up to the award."""
    now = portal_now()
    taskbook = find(taskbooks.visible_to(request.user), pk=pk)
    require(may_save_taskbook(request.user, taskbook))
    indicators = list(taskbook.project.challenge.indicators.order_by("position"))
    values = {line.indicator_id: line.value for line in taskbook.indicators.all()}
    typed = request.POST or None
    form = TaskBookForm(typed, initial=taskbook_initial(taskbook))
    promises = Promises(typed, prefix="promises", indicators=indicators, values=values)
    milestones = MilestoneRows(
        typed, prefix="milestones", initial=milestone_rows(taskbook), form_kwargs={"indicators": indicators}
    )
    instalments = InstalmentRows(typed, prefix="instalments", initial=instalment_rows(taskbook))
    if all(each.is_valid() for each in (form, promises, milestones, instalments)):
        tasking.save_taskbook(
            pk, **form.cleaned_data, indicators=promises.values, milestones=milestones.filled,
            instalments=instalments.filled, by=request.user, now=now,
        )  # fmt: skip
        messages.success(request, _("The task book is saved."))
        return redirect("taskbook", pk=pk)
    return {
        "now": now,
        "taskbook": taskbook,
        "project": taskbook.project,
        "form": form,
        "promises": promises,
        "milestones": milestones,
        "instalments": instalments,
        "compared": taskbooks.compared(taskbook),
        "sides": sides(taskbook.project.poster, taskbook.project.bidder),
    }


@page("funding/taskbook.html")
@require_POST
def send(request, pk: UUID):
    """Send a task book to be signed."""
    taskbook = find(taskbooks.visible_to(request.user), pk=pk)
    tasking.send_taskbook_to_sign(taskbook.pk, by=request.user, now=portal_now())
    messages.success(request, _("The four parties are asked to sign."))
    return redirect("taskbook", pk=pk)


@page("funding/taskbook.html")
@require_POST
def sign(request, pk: UUID):
    """Sign for one party."""
    taskbook = find(taskbooks.visible_to(request.user), pk=pk)
    form = SignForm(request.POST)
    party = form.cleaned_data["party"] if form.is_valid() else ""
    tasking.sign_taskbook(taskbook.pk, party=party, by=request.user, now=portal_now())
    messages.success(request, _("The task book is signed for your side."))
    return redirect("taskbook", pk=pk)


@page("funding/taskbook_withdraw.html")
def withdraw(request, pk: UUID):
    """Take a task book back for correction, with the reason."""
    now = portal_now()
    taskbook = find(taskbooks.visible_to(request.user), pk=pk)
    require(may_withdraw_taskbook(request.user, taskbook))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        tasking.withdraw_taskbook_for_correction(pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("The task book is a draft again."))
        return redirect("taskbook", pk=pk)
    return {"now": now, "taskbook": taskbook, "project": taskbook.project, "form": form}


def _credit(taskbook: TaskBook, user, mine: list[str], now: datetime) -> dict[str, object]:
    """Until it is signed: the credit of both sides for those who sign; and affiliations nobody has decided, for the district."""
    if taskbook.state not in (TaskBookState.DRAFT, TaskBookState.SIGNING) or not (mine or reads_cases(user, programme_of(taskbook.project))):
        return {"credit": CreditBefore(), "ties": []}
    bid = taskbook.project.agreement.bid
    ties = ties_of(bid, china_date(now)) if may_decide_affiliation(user, bid) else []
    return {"credit": credit_of_sides("sign_taskbook", taskbook.project, user, now), "ties": ties, "bid": bid}


def _may_sign(user, taskbook: TaskBook, party: str, credit: CreditBefore, now: datetime) -> Verdict:
    """Whether a person may sign now, everything that the act asks counted in."""
    verdict = may_sign_taskbook(user, taskbook, party) and credit.verdict
    if verdict and party == TaskParty.DISTRICT:
        return affiliations_in_order(taskbook.project.agreement.bid, on=china_date(now))
    return verdict


def _signers(taskbook: TaskBook, user, mine: list[str]) -> list[Signer]:
    signed = {each.party: each for each in taskbook.signatures.all() if each.digest == taskbook.digest and taskbook.digest}
    names = {
        TaskParty.POSTER: taskbook.project.poster.name,
        TaskParty.BIDDER: taskbook.project.bidder.name,
        TaskParty.DISTRICT: str(taskbook.project.poster.district),
        TaskParty.BUREAU: _("Science and technology bureau"),
    }
    waits = "now" if taskbook.state == "signing" else "wait"
    return [
        Signer(
            doer_of(signed[party].by, signed[party].at) if party in signed else names[party],
            role=TaskParty(party).label,
            note=names[party] if party in signed else "",
            at=signed[party].at if party in signed else None,
            state="done" if party in signed else waits,
            you=party in mine,
        )
        for party in TaskParty.values
    ]
