"""Pages of the seal: seal a bid, keep its receipt, check a receipt."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from challenges.actions import sealing
from challenges.forms.sealing import ReceiptForm, SealForm
from challenges.models import Receipt
from challenges.permissions.bidding import WORKED_ON, may_seal_bid, may_withdraw_bid
from challenges.queries import bidding as bids
from challenges.queries import receipts
from challenges.queries.bid_overview import overview
from challenges.queries.bid_showing import essence, promises
from portal.clock import portal_now
from portal.web import find, page


@page("challenges/bid_seal.html")
def seal(request, pk: UUID):
    """What is sealed, the checks before it, and the one act. Handing in reads nothing but what it seals."""
    form = SealForm(request.POST or None)
    if form.is_valid():
        sealing.seal_bid(pk, by=request.user, now=portal_now())
        messages.success(request, _("Sealed. The receipt below is yours to keep."))
        return redirect("bid-receipt", pk=pk)
    now = portal_now()
    if find(bids.own(request.user), pk=pk).state not in WORKED_ON:
        return redirect("bid", pk=pk)
    bid = bids.with_everything(pk)
    read = bids.read_draft(bid, request.user)
    verdict = may_seal_bid(request.user, bid, now=now)
    shown = {"now": now, "bid": bid, "board": bid.challenge, "read": read, "document": read.document}
    return shown | {"form": form, "overview": overview(bid, read), "verdict": verdict, "essence": essence(read.document, bid), "promises": promises()}


@page("challenges/receipt.html")
def receipt(request, pk: UUID):
    """The receipt, to be printed and kept."""
    now = portal_now()
    bid = find(bids.visible_to(request.user).select_related("lead", "challenge"), pk=pk)
    kept = find(Receipt.objects.select_related("seal__sealed_by").order_by("-seal__version"), seal__bid=bid)
    body = json.loads(kept.body)
    inclusion = receipts.inclusion_of(kept, body["leaf"])
    shown = {"now": now, "bid": bid, "board": bid.challenge, "receipt": kept, "body": body, "inclusion": inclusion}
    return shown | _moments(body) | {"may_withdraw": may_withdraw_bid(request.user, bid, now=now)}


@page("challenges/receipt.html")
def receipt_file(request, pk: UUID):
    """The receipt as JSON."""
    bid = find(bids.visible_to(request.user), pk=pk)
    kept = find(Receipt.objects.all(), seal__bid=bid)
    response = HttpResponse(receipts.file_of(kept), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="receipt-{kept.number}.json"'
    return response


@page("challenges/receipt_check.html", public=True)
def check(request):
    """Whether a receipt is ours and its sealing stands in the record; open to everybody."""
    form = ReceiptForm(request.POST or None, request.FILES or None)
    checked = receipts.check(form.cleaned_data["text"]) if form.is_valid() else None
    shown = {"now": portal_now(), "form": form, "checked": checked, "public_key": receipts.public_key()}
    if checked:
        shown |= {"findings": receipts.findings(checked)}
    if checked and checked.signed:
        shown |= _moments(checked.statement)
    return shown


def _moments(statement: Mapping[str, object]) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(str(statement[name])) for name in ("sealed_at", "deadline")}
