"""Pages of payments: prepared, approved below their evidence, declared void."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from funding.actions import disbursing
from funding.forms.payments import ApproveForm, WhyForm
from funding.pages.payment_view import payment_context
from funding.permissions.disbursing import may_void_payment
from funding.queries import instalments, payments
from funding.states import PaymentState
from portal.clock import portal_now
from portal.web import find, page

PAGE = 25


@page("funding/payments.html")
def index(request):
    """Payments this person may know about; what waits first."""
    rows = payments.listed(payments.visible_to(request.user))
    return {"now": portal_now(), "page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}


@require_POST
@page("funding/payment.html")
def prepare(request, pk: UUID):
    """Prepare the payment of a verified instalment."""
    instalment = find(instalments.visible_to(request.user), pk=pk)
    payment = disbursing.prepare_payment(instalment.pk, by=request.user, now=portal_now())
    messages.success(request, _("The payment is prepared. The approvers have been told."))
    return redirect("payment", pk=payment.pk)


@page("funding/payment.html")
def show(request, pk: UUID):
    """Amount, payee, account and evidence; below them, the approval."""
    payment = find(payments.with_approvals(payments.visible_to(request.user)), pk=pk)
    form = ApproveForm(initial={"digest": payment.digest})
    return {**payment_context(payment, request.user, portal_now()), "form": form}


@page("funding/payment.html")
def approve(request, pk: UUID):
    """Approve exactly what this page showed."""
    now = portal_now()
    payment = find(payments.with_approvals(payments.visible_to(request.user)), pk=pk)
    form = ApproveForm(request.POST or None)
    if form.is_valid():
        done = disbursing.approve_payment(payment.pk, digest=form.cleaned_data["digest"], by=request.user, now=now)
        if done.state == PaymentState.APPROVED:
            messages.success(request, _("The payment is approved. It goes out with the next payment list."))
        else:
            messages.success(request, _("You have approved. The payment waits for another approver."))
        return redirect("payment", pk=pk)
    return {**payment_context(payment, request.user, now), "form": form}


@page("funding/payment_void.html")
def void(request, pk: UUID):
    """Declare a payment void before it is sent, with the reason."""
    now = portal_now()
    payment = find(payments.visible_to(request.user), pk=pk)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        disbursing.void_payment(payment.pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("The payment is void. A new one may be prepared."))
        return redirect("payment", pk=pk)
    return {"now": now, "payment": payment, "form": form, "verdict": may_void_payment(request.user, payment)}
