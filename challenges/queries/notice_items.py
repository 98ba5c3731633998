"""What a public notice lists, and who decided on it; every kind of notice says it for itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from challenges.models import NoticeKind, PublicNotice, Vetting
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
    """How a kind of notice finds its items, who decided on an item, and in how many working days it answers."""

    items: Callable[[PublicNotice], Sequence[Item]]
    deciders: Callable[[UUID], set[UUID]]
    answer_days: Callable[[PublicNotice], int]


def board_items(notice: PublicNotice) -> list[Item]:
    """The one need of a notice of a board."""
    need = notice.challenge
    return [Item(need.pk, need.title, poster=need.poster.name, number=need.number or "")]


def vetters(item: UUID) -> set[UUID]:
    """Everybody who decided on a need."""
    return set(Vetting.objects.filter(challenge_id=item).values_list("by_id", flat=True))


LISTINGS: dict[str, Listing] = {NoticeKind.BOARD: Listing(board_items, vetters, lambda notice: ANSWER_WORKING_DAYS)}


def register(kind: NoticeKind, listing: Listing) -> None:
    """Say how a kind of notice finds its items."""
    LISTINGS[kind] = listing


def items_of(notice: PublicNotice) -> list[Item]:
    """What a notice lists."""
    return list(LISTINGS[notice.kind].items(notice))


def deciders_of(notice: PublicNotice, item: UUID) -> set[UUID]:
    """Everybody who took a decision on an item of a notice, and who gave the notice."""
    return {*LISTINGS[notice.kind].deciders(item), notice.published_by_id}


def answer_days_of(notice: PublicNotice) -> int:
    """In how many working days an objection is answered."""
    return LISTINGS[notice.kind].answer_days(notice)
