"""Pages of decisions made outside the portal: recording one, and its confirmation by a second person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.pages.credit import CreditBefore
from funding.actions import approving
from funding.forms.rounds import DecidedForm, DecisionForm
from funding.models import DecisionKind
from funding.pages.credit import credit_of_projects
from funding.permissions.approving import may_confirm_decision, may_record_decision
from funding.queries import decisions, projects, rounds
from portal import vault
from portal.clock import china_date, portal_now
from portal.kernel.verdict import require
from portal.web import find, page


@page("funding/decision_record.html")
def record(request, pk: UUID):
    """Record a decision on projects of a round."""
    now = portal_now()
    opened = find(rounds.visible_to(request.user), pk=pk)
    require(may_record_decision(request.user))
    rows = projects.visible_to(request.user).filter(round=opened, state__in=decisions.DECIDABLE)
    waiting = list(rows.select_related("rules").order_by("created_at"))
    form = DecisionForm(request.POST or None, request.FILES or None, initial={"kind": "government", "decided_on": china_date(now)})
    amounts = DecidedForm(request.POST or None, projects=waiting)
    if form.is_valid() and amounts.is_valid():
        typed = dict(form.cleaned_data)
        upload = typed.pop("scan")
        scan = (upload.name, upload.read()) if upload else None
        decision = approving.record_decision(pk, **typed, items=amounts.amounts, scan=scan, by=request.user, now=now)
        messages.success(request, _("The decision is recorded. A division head confirms it now."))
        return redirect("decision", pk=decision.pk)
    credit = credit_of_projects("approve_project", waiting, request.user, now)
    return {"now": now, "round": opened, "form": form, "amounts": amounts, "waiting": waiting, "credit": credit}


@page("funding/decision.html")
def show(request, pk: UUID):
    """A decision: paper, projects and amounts, who recorded and who confirmed it."""
    decision = find(decisions.visible_to(request.user), pk=pk)
    now = portal_now()
    items = list(decision.items.select_related("project__poster", "project__bidder", "project__rules").order_by("project__created_at"))
    verdict, credit = may_confirm_decision(request.user, decision), CreditBefore()
    if verdict and decision.kind == DecisionKind.GOVERNMENT:
        credit = credit_of_projects("approve_project", [item.project for item in items], request.user, now)
    return {
        "now": now,
        "decision": decision,
        "items": items,
        "sum_fen": sum(item.amount_fen for item in items),
        "left_fen": rounds.left_of(decision.round.appropriation_id),
        "held": rounds.held_items([item.project_id for item in items]),
        "verdict": verdict and credit.verdict,
        "credit": credit,
    }


@page("funding/decision.html")
@require_POST
def confirm(request, pk: UUID):
    """Confirm a decision that somebody else recorded."""
    decision = find(decisions.visible_to(request.user), pk=pk)
    approving.confirm_decision(decision.pk, by=request.user, now=portal_now())
    messages.success(request, _("The decision is confirmed."))
    return redirect("decision", pk=pk)


@page("funding/decision.html")
def scan(request, pk: UUID) -> HttpResponse:
    """The scan of the paper, to be saved."""
    kept = find(decisions.visible_to(request.user).exclude(scan=None), pk=pk).scan
    response = HttpResponse(vault.read(kept), content_type=kept.kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, kept.name) or "attachment"
    return response
