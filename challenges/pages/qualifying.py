"""The page of the formal check of one bid."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from challenges.actions import qualifying
from challenges.forms.qualifying import QualifyForm
from challenges.models import Bid
from challenges.pages.credit import credit_before
from challenges.permissions.opening import may_see_opened_bids
from challenges.permissions.qualifying import may_disqualify_bid, may_qualify_bid
from challenges.queries import bidding as bids
from challenges.queries.credit import organisations_of_bid
from challenges.queries.opening import document_of
from challenges.queries.ties import ties_of
from portal.clock import china_date, portal_now
from portal.web import find, page


@page("challenges/bid_qualify.html")
def decide(request, pk: UUID):
    """Qualify a bid, or disqualify it with a reason."""
    now = portal_now()
    bid = find(bids.visible_to(request.user).select_related("lead", "challenge__poster"), pk=pk)
    form = QualifyForm(request.POST or None)
    if form.is_valid():
        if form.cleaned_data["outcome"] == "qualified":
            qualifying.qualify_bid(bid.pk, by=request.user, now=now)
            messages.success(request, _("The bid goes to the panel. Its people have been told."))
        else:
            qualifying.disqualify_bid(bid.pk, why=form.cleaned_data["why"], by=request.user, now=now)
            messages.success(request, _("The bid is disqualified. Its people read your reason."))
        return redirect("board-bids", pk=bid.challenge_id)
    may_qualify, may_disqualify = may_qualify_bid(request.user, bid), may_disqualify_bid(request.user, bid)
    shown = {"now": now, "bid": bid, "board": bid.challenge, "form": form, "opened": document_of(bid)}
    shown |= {"may_see_bids": may_see_opened_bids(request.user, bid.challenge)}
    if may_qualify:
        shown |= before_qualifying(bid, request.user, china_date(now))
    return shown | {"verdict": may_qualify or may_disqualify}


def before_qualifying(bid: Bid, reader, on: date) -> dict[str, object]:
    """What must be in order before a bid goes to the panel: credit of its organisations, ties with the poster."""
    credit = credit_before("qualify_bid", bid.challenge.rules, organisations_of_bid(bid), on=on, reader=reader)
    return {"credit": credit, "ties": ties_of(bid, on)}
