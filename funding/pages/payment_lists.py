"""Pages of payment lists: out to the treasury, and its confirmations in."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from funding.actions import disbursing
from funding.forms.payments import ConfirmationForm
from funding.gateways.treasury import labels
from funding.permissions.disbursing import may_import_confirmations, may_send_payments
from funding.permissions.looking import may_take_payment_list
from funding.queries import payments
from funding.queries.ledger import reads_ledger
from portal.clock import portal_now
from portal.kernel.errors import NotFound
from portal.web import find, give_file, page

PAGE = 25


@page("funding/payment_lists.html")
def index(request):
    """Payment lists, what waits to be sent, and the way for confirmations."""
    now = portal_now()
    if not reads_ledger(request.user):
        raise NotFound()
    form = ConfirmationForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        source = disbursing.import_confirmations(form.cleaned_data["file"].read(), by=request.user, now=now)
        count = source.lines.count()
        messages.success(request, _("The confirmations are taken over: %(count)s payments settled.") % {"count": count})
        return redirect("payment-lists")
    found = payments.lists_visible_to(request.user)
    return {
        "now": now,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "waiting": payments.approved_payments().count(),
        "columns": [label for columns in payments.confirmation_columns()[:1] for label in labels(columns)],
        "form": form,
        "may_take": may_take_payment_list(request.user),
        "may_send": may_send_payments(request.user),
        "may_import": may_import_confirmations(request.user),
    }


@require_POST
@page("funding/payment_lists.html")
def send(request):
    """Put every approved payment into a payment list."""
    made = disbursing.send_payments(by=request.user, now=portal_now())
    if made:
        numbers = ", ".join(each.number for each in made)
        messages.success(request, _("The payment list is made: %(numbers)s.") % {"numbers": numbers})
    else:
        messages.info(request, _("No approved payment waits to be sent."))
    return redirect("payment-lists")


@page("funding/payment_lists.html")
def file(request, pk: UUID) -> HttpResponse:
    """A payment list as CSV; taking it is written down."""
    made = find(payments.lists_visible_to(request.user), pk=pk)
    return give_file(disbursing.take_payment_list(made.pk, by=request.user, now=portal_now()))
