"""What the poster has chosen."""

from django.db.models import Q, QuerySet

from challenges.models import Bid, Challenge, Selection
from challenges.queries import bidding as bids
from challenges.queries import boards
from challenges.states import BidState
from portal.queries.people import READERS, in_programmes, powers_of


def boards_of(user) -> QuerySet[Challenge]:
    """The boards whose ranks this person may come to see: one's own as poster, all for the bureau."""
    found = boards.visible_to(user).select_related("poster", "rules")
    return found.filter(in_programmes(user, *READERS, path="rules__programme") | Q(poster__in=powers_of(user).views))


def scored_bids(user) -> QuerySet[Bid]:
    """The scored bids on those boards, for who decides on them or reads the case; not a bidder's own."""
    known = bids.visible_to(user).filter(candidacies__candidate__score__isnull=False)
    reader = in_programmes(user, *READERS, path="challenge__rules__programme")
    known = known.filter(reader | Q(challenge__poster__in=powers_of(user).views))
    return known.select_related("lead", "challenge__poster", "challenge__rules", "document").distinct()


def selected_bid(challenge: Challenge) -> Bid | None:
    """The bid that is selected at present."""
    return challenge.bids.filter(state=BidState.SELECTED).select_related("lead", "document").first()


def selections_of(challenge: Challenge) -> QuerySet[Selection]:
    """Every choice the poster made on a board, the latest first, with its reason."""
    return Selection.objects.filter(bid__challenge=challenge).select_related("bid__lead", "by").order_by("-at")
