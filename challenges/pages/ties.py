"""The page on which a person decides about affiliations of poster and bidder."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.actions import finding
from challenges.models import Bid, FindingDecision
from challenges.permissions.standing import may_decide_affiliation
from challenges.queries.ties import ties_of
from challenges.states import BidState
from portal.clock import china_date, portal_now
from portal.forms import Form, long_text
from portal.kernel.errors import NotFound
from portal.web import Answer, find, page


class TieDecisionForm(Form):
    """A decision on the ties of one organisation."""

    party = forms.UUIDField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.ChoiceField(label=gettext_lazy("Decision"), choices=FindingDecision, widget=forms.RadioSelect)
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=4000, widget=long_text(rows=3))


@page("challenges/bid_ties.html")
def decide(request: HttpRequest, pk: UUID) -> Answer:
    """The affiliations of poster and bidder, and the decision on each."""
    now = portal_now()
    bid = find(Bid.objects.filter(state__in=BidState.after_opening()).select_related("lead", "challenge__poster", "challenge__rules"), pk=pk)
    verdict = may_decide_affiliation(request.user, bid)
    if not verdict:
        raise NotFound()
    form = TieDecisionForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        decided = finding.decide_affiliation(
            bid.pk, typed["party"], digest=typed["digest"], decision=typed["decision"], why=typed["why"], by=request.user, now=now
        )
        messages.success(request, _("The decision is recorded: %(decision)s.") % {"decision": decided.get_decision_display()})
        return redirect("bid-ties", pk=pk)
    ties = [
        {"tied": tied, "form": TieDecisionForm(initial={"party": tied.party.pk, "digest": tied.digest})}
        for tied in ties_of(bid, china_date(now))
    ]
    return {"now": now, "bid": bid, "board": bid.challenge, "ties": ties, "form": form}
