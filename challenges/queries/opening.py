"""Boxes that are due, the seals in them, and the bids that came out of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from challenges.models import (
    Bid,
    BidDocument,
    BidFile,
    BidMilestone,
    BidOffer,
    BidParty,
    Challenge,
    Qualification,
    Seal,
)
from challenges.queries.bid_showing import SUBJECTS, meets, requirement
from challenges.queries.bidding import OPEN, visible_to
from challenges.states import BidState, ChallengeState
from portal.models import Event
from portal.record import words_of
from portal.show import show_number


def due_to_close(moment: datetime) -> QuerySet[Challenge]:
    """Boards whose deadline is past and whose box is still recorded as open."""
    return Challenge.objects.filter(state=ChallengeState.PUBLISHED, closes_at__lt=moment).order_by("closes_at", "pk")


def due_to_open() -> QuerySet[Challenge]:
    """Boards whose box is closed and not opened yet."""
    return Challenge.objects.filter(state=ChallengeState.CLOSED).order_by("closes_at", "pk")


def live_seals(challenge_id: UUID) -> list[Seal]:
    """The seal that counts of each bid that is still sealed: its latest version."""
    seals = Seal.objects.filter(bid__challenge_id=challenge_id, bid__state=BidState.SEALED)
    return list(seals.order_by("bid_id", "-version").distinct("bid_id"))


def opened_bids(user, challenge_id: UUID) -> QuerySet[Bid]:
    """The opened bids of a board that this person may know about, by the name of their lead."""
    bids = visible_to(user).filter(OPEN, challenge_id=challenge_id)
    return bids.select_related("lead", "document").order_by("lead__name", "pk")


@dataclass(frozen=True)
class Offered:
    """An offer beside what the board asks for; meeting it is plain arithmetic, a person decides."""

    offer: BidOffer

    @property
    def asked(self) -> str:
        """What the board asks for."""
        one = self.offer.indicator
        return requirement(one.comparator, one.value, one.unit)

    @property
    def offered(self) -> str:
        """What is offered, with the unit."""
        return f"{show_number(self.offer.value)} {self.offer.indicator.unit}".strip()

    @property
    def meets(self) -> bool:
        """Whether the value satisfies the indicator."""
        return meets(self.offer.indicator.comparator, self.offer.value, self.offer.indicator.value)


@dataclass(frozen=True)
class OpenedBid:
    """What came out of the envelope, as it is read on a page."""

    document: BidDocument
    offers: Sequence[Offered]
    milestones: Sequence[BidMilestone]
    parties: Sequence[BidParty]
    files: Sequence[BidFile]
    decisions: Sequence[Qualification]

    @property
    def budget(self) -> list[tuple[object, int]]:
        """The budget lines of the document, in words."""
        lines: Sequence[Mapping[str, object]] = self.document.body["budget"]
        return [(SUBJECTS[line["subject"]], line["amount_fen"]) for line in lines]

    @property
    def met(self) -> str:
        """How many offers satisfy the board, of how many."""
        return f"{sum(offered.meets for offered in self.offers)} / {len(self.offers)}"


def document_of(bid: Bid) -> OpenedBid | None:
    """The rows of an opened bid; None before. The caller found the bid by ``visible_to``."""
    document = BidDocument.objects.filter(bid_id=bid.pk).first()
    if document is None:
        return None
    offers = bid.offers.select_related("indicator").order_by("indicator__position")
    return OpenedBid(
        document,
        [Offered(offer) for offer in offers],
        list(bid.milestones.all()),
        list(bid.parties.select_related("organisation").order_by("-lead", "-share_percent", "name")),
        list(bid.files.select_related("file").order_by("file__name", "pk")),
        list(bid.qualifications.select_related("by").order_by("at")),
    )


def reason_given_up(bid: Bid) -> str:
    """Why a bid was withdrawn after the opening; nothing for one withdrawn before."""
    if bid.state != BidState.WITHDRAWN:
        return ""
    event = Event.objects.filter(subject_id=bid.pk, kind="bid.withdrawn", sealed=False).first()
    return words_of(event) if event else ""
