"""Pages of instalments: bank receipts, claims, and the officer's check of what a claim rests on."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from funding.actions import disbursing
from funding.forms.payments import ClaimForm, ReceiptForm, WhyForm
from funding.models import Instalment, Trigger
from funding.pages.instalment_view import instalment_context, instalment_head
from funding.permissions.disbursing import (
    may_add_receipt,
    may_claim_instalment,
    may_hold_instalment,
    may_return_claim,
)
from funding.queries import instalments, ledger
from funding.queries.evidence import is_due
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.queries.profiles import sides
from portal.web import find, give_file, page

PAGE = 25


@page("funding/instalments.html")
def index(request):
    """Instalments this person may know about; claims that wait first."""
    rows = instalments.listed(instalments.visible_to(request.user))
    return {"now": portal_now(), "page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}


@page("funding/instalment.html")
def show(request, pk: UUID):
    """An instalment: what it waits for, what its claim rests on, and the next act."""
    return instalment_context(_found(request, pk), request.user, portal_now())


@page("funding/receipt_add.html")
def add_receipt(request, pk: UUID):
    """Add the receipt of the poster's payment to the bidder."""
    now = portal_now()
    project = find(ledger.projects_visible_to(request.user), pk=pk)
    require(may_add_receipt(request.user, project))
    initial = {"payer": project.poster.name, "payee": project.bidder.name}
    form = ReceiptForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        disbursing.add_receipt(
            project.pk, **given, name=file.name, content=file.read(), by=request.user, now=now
        )
        messages.success(request, _("The receipt is added. Claim the instalment with it."))
        first = project.instalments.filter(trigger=Trigger.FIRST_PAYMENT).first()
        return redirect("instalment", pk=first.pk) if first else redirect("project-account", pk=pk)
    return {"now": now, "project": project, "form": form, "sides": sides(project.poster, project.bidder)}


@page("funding/instalment_claim.html")
def claim(request, pk: UUID):
    """Claim an instalment; the first one with the receipt of the poster's payment."""
    now = portal_now()
    instalment = _found(request, pk)
    require(may_claim_instalment(request.user, instalment))
    receipts = instalments.receipts_visible_to(request.user).filter(project=instalment.project_id).order_by("-at")
    needs_receipt = instalment.trigger == Trigger.FIRST_PAYMENT
    form = ClaimForm(request.POST or None, receipts=receipts) if needs_receipt else None
    if request.method == "POST" and (form is None or form.is_valid()):
        receipt = form.cleaned_data["receipt"].pk if form else None
        disbursing.claim_instalment(instalment.pk, receipt_id=receipt, by=request.user, now=now)
        messages.success(request, _("The instalment is claimed. The bureau checks it now."))
        return redirect("instalment", pk=pk)
    return {**instalment_head(instalment, now), "due": is_due(instalment), "form": form, "receipts": receipts}


@require_POST
@page("funding/instalment.html")
def verify(request, pk: UUID):
    """Confirm what a claim rests on."""
    instalment = _found(request, pk)
    disbursing.verify_claim(instalment.pk, by=request.user, now=portal_now())
    messages.success(request, _("The claim is verified. Its amount is payable; finance has been told."))
    return redirect("instalment", pk=pk)


@page("funding/instalment_why.html")
def return_claim(request, pk: UUID):
    """Send a claim back with the reason."""
    now = portal_now()
    instalment = _found(request, pk)
    verdict = may_return_claim(request.user, instalment)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        disbursing.return_claim(instalment.pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("The claim is returned. The poster has been told."))
        return redirect("instalment", pk=pk)
    head = instalment_head(instalment, now)
    return {**head, "form": form, "verdict": verdict, "title": _("Return the claim")}


@page("funding/instalment_why.html")
def hold(request, pk: UUID):
    """Hold an instalment with the reason."""
    now = portal_now()
    instalment = _found(request, pk)
    verdict = may_hold_instalment(request.user, instalment)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        disbursing.hold_back_instalment(instalment.pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("The instalment is held. The poster has been told."))
        return redirect("instalment", pk=pk)
    head = instalment_head(instalment, now)
    return {**head, "form": form, "verdict": verdict, "title": _("Hold the instalment")}


@require_POST
@page("funding/instalment.html")
def release(request, pk: UUID):
    """Release a held instalment to where it stood before."""
    instalment = _found(request, pk)
    disbursing.release_instalment(instalment.pk, by=request.user, now=portal_now())
    messages.success(request, _("The instalment is released."))
    return redirect("instalment", pk=pk)


@page("funding/instalment.html")
def receipt_file(request, pk: UUID) -> HttpResponse:
    """The bank's slip, to be saved."""
    return give_file(find(instalments.receipts_visible_to(request.user), pk=pk).file)


def _found(request, pk: UUID) -> Instalment:
    rows = instalments.visible_to(request.user).select_related("project__rules__funding")
    return find(rows, pk=pk)
