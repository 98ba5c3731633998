"""What a public notice lists, and whose case an item is; every kind of notice says it for itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from challenges.models import NoticeKind, PublicNotice
from challenges.policy.defaults import ANSWER_WORKING_DAYS


@dataclass(frozen=True)
class Item:
    """One thing a notice shows, to which somebody may object; ``amount_fen`` where money is proposed."""

    id: UUID
    title: str
    poster: str = ""
    bidder: str = ""
    number: str = ""
    lead_person: str = ""
    amount_fen: int | None = None
    score: object = None
    rank: int | None = None


@dataclass(frozen=True)
class Listing:
    """How a kind of notice finds its items, the challenge of an item, and in how many working days it answers."""

    items: Callable[[PublicNotice], Sequence[Item]]
    case: Callable[[UUID], UUID]
    answer_days: Callable[[PublicNotice], int]


def board_items(notice: PublicNotice) -> list[Item]:
    """The one need of a notice of a board."""
    need = notice.challenge
    return [Item(need.pk, need.title, poster=need.poster.name, number=need.number or "")]


LISTINGS: dict[str, Listing] = {
    NoticeKind.BOARD: Listing(board_items, case=lambda need: need, answer_days=lambda notice: ANSWER_WORKING_DAYS)
}


def register(kind: NoticeKind, listing: Listing) -> None:
    """Say how a kind of notice finds its items."""
    LISTINGS[kind] = listing


def items_of(notice: PublicNotice) -> list[Item]:
    """What a notice lists."""
    return list(LISTINGS[notice.kind].items(notice))


def case_of_item(notice: PublicNotice, item: UUID) -> UUID:
    """The challenge whose case an item of a notice belongs to."""
    return LISTINGS[notice.kind].case(item)


def answer_days_of(notice: PublicNotice) -> int:
    """In how many working days an objection is answered."""
    return LISTINGS[notice.kind].answer_days(notice)
