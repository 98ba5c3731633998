"""Pages of bids: mine, one bid, and the acts on it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.actions import bidding
from challenges.forms.bidding import StartForm, WithdrawForm
from challenges.models import Receipt
from challenges.permissions.bidding import (
    WORKED_ON,
    may_ask_sign_off,
    may_save_draft,
    may_seal_bid,
    may_send_back,
    may_withdraw_bid,
)
from challenges.permissions.qualifying import may_disqualify_bid, may_qualify_bid
from challenges.queries import bidding as bids
from challenges.queries.bid_overview import next_step, overview
from challenges.queries.bid_showing import promises
from challenges.queries.looks_after import looks_after
from challenges.queries.opening import document_of, reason_given_up
from challenges.states import BidState
from portal import vault
from portal.clock import portal_now
from portal.web import find, page


@page("challenges/bids.html")
def mine(request):
    """The bids of one's organisations."""
    now = portal_now()
    shown = Paginator(bids.own(request.user), 25).get_page(request.GET.get("page"))
    return {"now": now, "page": shown, "rows": [(bid, next_step(bid, now)) for bid in shown]}


@page("challenges/bid.html")
def show(request, pk: UUID):
    """One bid: for its team the work to be done, after the opening the document."""
    now = portal_now()
    bid = find(bids.visible_to(request.user).select_related("lead", "challenge__poster", "challenge__rules"), pk=pk)
    shown = {"now": now, "bid": bid, "board": bid.challenge, "step": next_step(bid, now), "promises": promises()}
    shown |= {"receipt_there": Receipt.objects.filter(seal__bid=bid).exists(), "given_up": reason_given_up(bid)}
    if bid.state in WORKED_ON:
        whole = bids.with_everything(bid.pk)
        draft = bids.read_draft(bid, request.user)
        shown |= {"draft": draft, "overview": overview(whole, draft), "may_save": may_save_draft(request.user, bid, now=now)}
        shown |= {
            "may_ask": may_ask_sign_off(request.user, bid, now=now),
            "may_send_back": may_send_back(request.user, bid, now=now),
            "may_seal": may_seal_bid(request.user, bid, now=now),
        }
    shown |= {"opened": document_of(bid), "may_withdraw": may_withdraw_bid(request.user, bid, now=now)}
    shown |= {"own": bids.own(request.user).filter(pk=bid.pk).exists()}
    shown |= {
        "may_qualify": may_qualify_bid(request.user, bid),
        "may_disqualify": may_disqualify_bid(request.user, bid),
    }
    shown |= {"looks_after": looks_after(bid.challenge_id, bid, bid.lead_id, user=request.user)}
    return shown


@page("challenges/bid_start.html")
def start(request, pk: UUID):
    """Begin a bid on a board for one of one's organisations."""
    now = portal_now()
    board = find(bids.boards_to_bid_on(), pk=pk)
    form = StartForm(request.POST or None, user=request.user)
    if form.is_valid():
        bid = bidding.start_bid(board.pk, form.cleaned_data["lead"].pk, by=request.user, now=now)
        messages.success(request, _("The bid is begun. Nobody but your organisation can see it."))
        return redirect("bid-draft", pk=bid.pk)
    return {"now": now, "board": board, "form": form}


@require_POST
@page("challenges/bid.html")
def sign_off(request, pk: UUID):
    """Lay the bid before the administrators."""
    bid = find(bids.own(request.user), pk=pk)
    bidding.ask_sign_off(bid.pk, by=request.user, now=portal_now())
    messages.success(request, _("The bid waits for sign-off. Your administrators have been told."))
    return redirect("bid", pk=pk)


@require_POST
@page("challenges/bid.html")
def send_back(request, pk: UUID):
    """Give the bid back to the team."""
    bid = find(bids.own(request.user), pk=pk)
    bidding.send_back(bid.pk, by=request.user, now=portal_now())
    messages.success(request, _("The bid can be changed again."))
    return redirect("bid", pk=pk)


@page("challenges/bid_withdraw.html")
def withdraw(request, pk: UUID):
    """Withdraw the bid, with a reason once it is open."""
    now = portal_now()
    bid = find(bids.own(request.user), pk=pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        bidding.withdraw_bid(bid.pk, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("The bid is withdrawn."))
        return redirect("bids")
    return {
        "now": now,
        "bid": bid,
        "form": form,
        "needs_reason": bid.state in BidState.after_opening(),
        "may_withdraw": may_withdraw_bid(request.user, bid, now=now),
    }


@page("challenges/bid.html")
def file(request, pk: UUID, file: UUID):
    """A file of an opened bid."""
    bid = find(bids.visible_to(request.user), pk=pk)
    kept = find(bid.files.select_related("file"), file=file).file
    response = HttpResponse(vault.read(kept), content_type=kept.kind)
    response["Content-Disposition"] = content_disposition_header(True, kept.name)
    return response
