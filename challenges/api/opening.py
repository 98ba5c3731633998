"""Operations after the opening: the bids of a board, their documents, and the formal check."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from challenges.actions import opening, qualifying
from challenges.api.bids import BidOut
from challenges.models import Bid, Challenge, QualificationOutcome
from challenges.permissions.opening import may_see_opened_bids
from challenges.queries import bidding as bids
from challenges.queries import boards
from challenges.queries.opening import OpenedBid, document_of, opened_bids
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.web import find


class OpenedBidOut(serializers.ModelSerializer):
    """An opened bid in a board's list; the price in fen."""

    lead = serializers.CharField(source="lead.name")
    price_fen = serializers.IntegerField(source="document.price_fen", default=None)
    months = serializers.IntegerField(source="document.months", default=None)

    class Meta:
        model = Bid
        fields = ["id", "lead_id", "lead", "state", "price_fen", "months"]


class OfferOut(serializers.Serializer):
    """An offer beside what the board asks for."""

    indicator_id = serializers.UUIDField(source="offer.indicator_id")
    value = serializers.DecimalField(source="offer.value", max_digits=18, decimal_places=6)
    note = serializers.CharField(source="offer.note")
    meets = serializers.BooleanField()


class PartyOut(serializers.Serializer):
    """Who takes part, with its share in percent."""

    uscc = serializers.CharField()
    name = serializers.CharField()
    lead = serializers.BooleanField()
    share_percent = serializers.DecimalField(max_digits=5, decimal_places=2)


class BidFileOut(serializers.Serializer):
    """A file of an opened bid."""

    id = serializers.UUIDField(source="file_id")
    name = serializers.CharField(source="file.name")
    size_bytes = serializers.IntegerField(source="file.size_bytes")
    sha256 = serializers.CharField(source="file.sha256")


class DecisionOut(serializers.Serializer):
    """A decision of the formal check."""

    outcome = serializers.ChoiceField(choices=QualificationOutcome.choices)
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class DocumentOut(serializers.Serializer):
    """An opened bid: the document as it was sealed, and its parts."""

    document = serializers.DictField(source="document.body")
    price_fen = serializers.IntegerField(source="document.price_fen")
    months = serializers.IntegerField(source="document.months")
    offers = OfferOut(many=True)
    parties = PartyOut(many=True)
    files = BidFileOut(many=True)
    decisions = DecisionOut(many=True)


class QualificationIn(serializers.Serializer):
    """Whether the bid meets the formal conditions; a reason where it does not."""

    outcome = serializers.ChoiceField(choices=QualificationOutcome.choices)
    why = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)


class FailureIn(serializers.Serializer):
    """Why no bid can be taken."""

    why = serializers.CharField(max_length=4000)


class FailedBoardOut(serializers.ModelSerializer):
    """The board after that."""

    class Meta:
        model = Challenge
        fields = ["id", "number", "state"]


@reads(OpenedBidOut, many=True)
def list_opened_bids(asked: Asked, pk: UUID) -> QuerySet[Bid]:
    """The opened bids of a board, for its poster and the bureau; refused before the opening."""
    board = _board(asked, pk)
    return opened_bids(asked.by, board.pk)


@reads(DocumentOut)
def show_bid_document(asked: Asked, pk: UUID) -> OpenedBid:
    """What came out of the envelope; absent before the opening."""
    found = document_of(find(bids.visible_to(asked.by), pk=pk))
    if found is None:
        raise NotFound()
    return found


@acts(QualificationIn, gives=BidOut)
def decide_on_bid(asked: Asked, pk: UUID) -> Bid:
    """Qualify a bid, or disqualify it with a reason that its people read."""
    bid = find(bids.visible_to(asked.by), pk=pk)
    if asked.given["outcome"] == QualificationOutcome.QUALIFIED:
        return qualifying.qualify_bid(bid.pk, by=asked.by, now=asked.now)
    return qualifying.disqualify_bid(bid.pk, why=asked.given["why"], by=asked.by, now=asked.now)


@acts(FailureIn, gives=FailedBoardOut)
def declare_board_failed(asked: Asked, pk: UUID) -> Challenge:
    """Record that a board has no valid taker."""
    return opening.declare_failed(_board(asked, pk).pk, **asked.given, by=asked.by, now=asked.now)


def _board(asked: Asked, pk: UUID) -> Challenge:
    board = find(boards.visible_to(asked.by), pk=pk)
    require(may_see_opened_bids(asked.by, board))
    return board
