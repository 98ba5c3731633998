"""Who hears of a bid: before opening its own people only, after opening also the poster and the bureau."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.messages.responsible import officers_of
from challenges.models import Bid, Challenge
from portal.models import MemberRole
from portal.queries.people import acting_for, members_of
from portal.tell import Kind


def team(bid: Bid) -> Iterable[UUID]:
    """Everybody who acts for the lead."""
    return members_of(bid.lead_id)


def signers(bid: Bid) -> Iterable[UUID]:
    """The lead's administrators, who sign off and seal."""
    return members_of(bid.lead_id, MemberRole.ADMINISTRATOR)


def poster_and_officers(challenge: Challenge) -> Iterable[UUID]:
    """Who goes on with a board once its bids are open."""
    return {*acting_for(challenge.poster_id), *officers_of(challenge)}


def officers(bid: Bid) -> Iterable[UUID]:
    """The officers of the bureau."""
    return officers_of(bid.challenge)


def bid_page(bid: Bid) -> str:
    """The page of the bid."""
    return reverse("bid", args=[bid.pk])


def bids_page(challenge: Challenge) -> str:
    """The list of a board's opened bids."""
    return reverse("board-bids", args=[challenge.pk])


def of_board(bid: Bid) -> Mapping[str, object]:
    """The board's number and title, and its deadline."""
    board = bid.challenge
    return {"number": board.number, "title": board.title, "closes_at": board.closes_at.isoformat()}


def of_opened_bid(bid: Bid) -> Mapping[str, object]:
    """The board, and whose bid it is; only for bids that are open."""
    return {**of_board(bid), "lead": bid.lead.name}


def board_named(challenge: Challenge) -> Mapping[str, object]:
    """The board's number and title."""
    return {"number": challenge.number, "title": challenge.title}


BID_TO_SIGN = Kind("bid_to_sign", to=signers, link=bid_page, facts=of_board, sealed=True)
BID_SENT_BACK = Kind("bid_sent_back", to=team, link=bid_page, facts=of_board, sealed=True)
BID_SEALED = Kind("bid_sealed", to=team, link=bid_page, facts=of_board, sealed=True)
BID_WITHDRAWN = Kind("bid_withdrawn", to=team, link=bid_page, facts=of_board, sealed=True)
BID_LAPSED = Kind("bid_lapsed", to=team, link=bid_page, facts=of_board, sealed=True)
BID_UNOPENED = Kind("bid_unopened", to=team, link=bid_page, facts=of_board, sealed=True)
BOARD_GONE = Kind("board_gone", to=team, link=bid_page, facts=of_board, sealed=True)
BID_OPENED = Kind("bid_opened", to=team, link=bid_page, facts=of_board)
BID_UNREADABLE = Kind("bid_unreadable", to=officers, link=bid_page, facts=of_opened_bid)
OWN_BID_UNREADABLE = Kind("own_bid_unreadable", to=team, link=bid_page, facts=of_board)
BID_GIVEN_UP = Kind(
    "bid_given_up", to=lambda bid: poster_and_officers(bid.challenge), link=bid_page, facts=of_opened_bid
)
BID_QUALIFIED = Kind("bid_qualified", to=team, link=bid_page, facts=of_board)
BID_DISQUALIFIED = Kind("bid_disqualified", to=team, link=bid_page, facts=of_board)
BIDS_OPENED = Kind("bids_opened", to=poster_and_officers, link=bids_page, facts=board_named)
BOARD_FAILED = Kind(
    "board_failed", to=poster_and_officers, link=lambda challenge: reverse("board", args=[challenge.pk]), facts=board_named
)
