"""The page of the formal check of one bid."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from challenges.actions import qualifying
from challenges.forms.qualifying import QualifyForm
from challenges.permissions.qualifying import may_disqualify_bid, may_qualify_bid
from challenges.queries import bidding as bids
from challenges.queries.opening import document_of
from portal.clock import portal_now
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
    return shown | {"verdict": may_qualify or may_disqualify}
