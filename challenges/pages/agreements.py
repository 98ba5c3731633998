"""Pages of agreements: the list, drafting, the paper, signing, registration and the end."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.actions import agreeing
from challenges.forms.agreements import Payments, RegisterForm, TermsForm, VoidForm
from challenges.models import Agreement
from challenges.pages.agreement_view import agreement_context, sum_checks
from challenges.permissions.agreeing import may_save_agreement
from challenges.queries import agreeing as agreements
from challenges.queries import bidding as bids
from challenges.states import AgreementState
from portal.clock import portal_now
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.permissions import is_member
from portal.queries.profiles import sides
from portal.web import find, page

PAGE = 25
SIGNED = (AgreementState.SIGNED, AgreementState.REGISTERED)


@page("challenges/agreements.html")
def index(request):
    """Agreements this person may know about, those that wait first."""
    rows = agreements.listed(agreements.visible_to(request.user))
    return {"now": portal_now(), "page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}


@page("challenges/agreement.html")
def draft(request, pk: UUID):
    """Draft the agreement from the selected bid; who only looks is led to the ranks, where the button stands."""
    bid = find(bids.visible_to(request.user).select_related("challenge"), pk=pk)
    if not is_member(request.user, bid.challenge.poster_id):
        raise NotFound()
    if request.method != "POST":
        return redirect("results", pk=bid.challenge_id)
    agreement = agreeing.draft_agreement(bid.pk, by=request.user, now=portal_now())
    messages.success(request, _("The agreement is drafted from the bid. Check it, then send it to be signed."))
    return redirect("agreement-edit", pk=agreement.pk)


@page("challenges/agreement.html")
def show(request, pk: UUID):
    """The agreement as paper, who signs, and the next act."""
    agreement = _found(request, pk)
    return {"now": portal_now(), "register_form": RegisterForm(), **agreement_context(agreement, request.user)}


@page("challenges/agreement_edit.html")
def edit(request, pk: UUID):
    """Write the terms: amount, months, payments and shares; the sums stand beside them."""
    now = portal_now()
    agreement = _found(request, pk)
    require(may_save_agreement(request.user, agreement))
    form = TermsForm(request.POST or None, agreement=agreement)
    initial = [{"due_for": each.due_for, "amount_fen": each.amount_fen} for each in agreement.payments.all()]
    payments = Payments(request.POST or None, prefix="payments", initial=initial)
    if form.is_valid() and payments.is_valid():
        agreeing.save_agreement(
            agreement.pk,
            amount_fen=form.cleaned_data["amount_fen"],
            months=form.cleaned_data["months"],
            ip_terms=form.cleaned_data["ip_terms"],
            payments=payments.filled,
            shares=form.shares,
            by=request.user,
            now=now,
        )
        if request.POST.get("step") == "send":
            agreeing.send_to_sign(agreement.pk, by=request.user, now=now)
            messages.success(request, _("The agreement is sent to be signed. Both sides have been told."))
            return redirect("agreement", pk=pk)
        messages.success(request, _("The draft is saved."))
        return redirect("agreement-edit", pk=pk)
    return {
        "now": now,
        "agreement": agreement,
        "board": agreement.bid.challenge,
        "form": form,
        "payments": payments,
        "sides": sides(agreement.bid.challenge.poster, agreement.bid.lead),
        "checks": sum_checks(agreements.sums_of(agreement)),
    }


@require_POST
@page("challenges/agreement.html")
def send(request, pk: UUID):
    """Freeze the text and ask both sides to sign."""
    agreement = _found(request, pk)
    agreeing.send_to_sign(agreement.pk, by=request.user, now=portal_now())
    messages.success(request, _("The agreement is sent to be signed. Both sides have been told."))
    return redirect("agreement", pk=pk)


@require_POST
@page("challenges/agreement.html")
def sign(request, pk: UUID):
    """Sign for one's side."""
    agreement = _found(request, pk)
    signed = agreeing.sign_agreement(agreement.pk, by=request.user, now=portal_now())
    if signed.state == AgreementState.SIGNED:
        messages.success(request, _("Both sides have signed. The board is matched."))
    else:
        messages.success(request, _("You have signed. The other side has been told."))
    return redirect("agreement", pk=pk)


@page("challenges/agreement.html")
def register(request, pk: UUID):
    """Enter the number of the registered technology contract."""
    now = portal_now()
    agreement = _found(request, pk)
    form = RegisterForm(request.POST or None)
    if form.is_valid():
        agreeing.register_agreement(agreement.pk, number=form.cleaned_data["number"], by=request.user, now=now)
        messages.success(request, _("The registration is entered. Both sides have been told."))
        return redirect("agreement", pk=pk)
    return {"now": now, "register_form": form, **agreement_context(agreement, request.user)}


@page("challenges/agreement_void.html")
def void(request, pk: UUID):
    """End the agreement, with the reason."""
    now = portal_now()
    agreement = _found(request, pk)
    form = VoidForm(request.POST or None, signed=agreement.state in SIGNED)
    if form.is_valid():
        ends = form.cleaned_data["what"] == "reserve"
        why = form.cleaned_data["why"]
        agreeing.void_agreement(agreement.pk, why=why, ends_selection=ends, by=request.user, now=now)
        messages.success(request, _("The agreement is void. Both sides have been told."))
        return redirect("agreement", pk=pk)
    return {"now": now, "form": form, **agreement_context(agreement, request.user)}


@page("challenges/agreement.html")
def text(request, pk: UUID):
    """The canonical text; its SHA-256 is what both sides sign."""
    agreement = _found(request, pk)
    if not agreement.digest:
        raise NotFound()
    return HttpResponse(agreements.text_of(agreement), content_type="application/json")


def _found(request, pk: UUID) -> Agreement:
    return find(agreements.written_out(agreements.visible_to(request.user)), pk=pk)
