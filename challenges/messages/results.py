"""Who hears how the bids were ranked and which one the poster selected."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.messages.panels import of_board
from challenges.messages.responsible import heads_of, officers_of
from challenges.models import Bid, Challenge
from portal.models import MemberRole
from portal.queries.people import acting_for
from portal.tell import Kind


def poster_people(challenge: Challenge) -> Iterable[UUID]:
    """Everybody who acts for the poster."""
    return acting_for(challenge.poster_id)


def poster_and_bureau(challenge: Challenge) -> Iterable[UUID]:
    """The poster's people, the officers and the division heads."""
    return {*poster_people(challenge), *officers_of(challenge), *heads_of(challenge)}


def poster_editors_and_bureau(bid: Bid) -> Iterable[UUID]:
    """Who goes on with the agreement, and the officers who follow the case."""
    writers = acting_for(bid.challenge.poster_id, MemberRole.ADMINISTRATOR, MemberRole.EDITOR)
    return {*writers, *officers_of(bid.challenge)}


def team(bid: Bid) -> Iterable[UUID]:
    """Everybody who acts for the lead."""
    return acting_for(bid.lead_id)


def results_page(challenge: Challenge) -> str:
    """Where the poster sees total and rank, and selects."""
    return reverse("results", args=[challenge.pk])


def own_score_page(bid: Bid) -> str:
    """Where a bidder sees the score of its own bid."""
    return reverse("bid-score", args=[bid.pk])


def of_bid(bid: Bid) -> Mapping[str, object]:
    """The board, and whose bid it is."""
    return {**of_board(bid.challenge), "lead": bid.lead.name}


BIDS_RANKED = Kind("bids_ranked", to=poster_and_bureau, link=results_page, facts=of_board)
NO_BID_PASSED = Kind("no_bid_passed", to=poster_and_bureau, link=results_page, facts=of_board)
BID_RANKED = Kind("bid_ranked", to=team, link=lambda bid: reverse("bid", args=[bid.pk]), facts=of_bid)
BID_BELOW_PASS_MARK = Kind("bid_below_pass_mark", to=team, link=own_score_page, facts=of_bid)
BID_SELECTED = Kind("bid_selected", to=team, link=own_score_page, facts=of_bid)
BID_IN_RESERVE = Kind("bid_in_reserve", to=team, link=own_score_page, facts=of_bid)
SELECTION_MADE = Kind(
    "selection_made", to=poster_editors_and_bureau, link=lambda bid: results_page(bid.challenge), facts=of_bid
)
