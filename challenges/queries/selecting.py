"""What the poster has chosen."""

from django.db.models import QuerySet

from challenges.models import Bid, Challenge, Selection
from challenges.states import BidState


def selected_bid(challenge: Challenge) -> Bid | None:
    """The bid that is selected at present."""
    return challenge.bids.filter(state=BidState.SELECTED).select_related("lead", "document").first()


def selections_of(challenge: Challenge) -> QuerySet[Selection]:
    """Every choice the poster made on a board, the latest first, with its reason."""
    return Selection.objects.filter(bid__challenge=challenge).select_related("bid__lead", "by").order_by("-at")
