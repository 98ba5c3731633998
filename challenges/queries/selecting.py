"""The ranked bids a poster chooses from, and what was chosen."""

from django.db.models import QuerySet

from challenges.models import Bid, Challenge, Selection
from challenges.states import BidState


def choices_of(challenge: Challenge) -> QuerySet[Bid]:
    """The bids of a challenge that may still be selected."""
    return challenge.bids.filter(state__in=[BidState.RANKED, BidState.RESERVE]).select_related("lead", "document")


def selected_bid(challenge: Challenge) -> Bid | None:
    """The bid that is selected at present."""
    return challenge.bids.filter(state=BidState.SELECTED).select_related("lead", "document").first()


def selection_of(bid: Bid) -> Selection | None:
    """The choice of a bid, with its reason."""
    return bid.selections.select_related("by").order_by("-at").first()
