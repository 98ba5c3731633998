"""Operations on bids: what their team does until the seal, and what others do after the opening."""

import json
from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from rest_framework import serializers

from challenges.actions import bidding, sealing
from challenges.api.cases import BatchProofOut
from challenges.models import Bid, Receipt
from challenges.queries import bidding as bids
from challenges.queries import receipts
from challenges.states import BidState
from portal import vault
from portal.api.views import Asked, acts, reads
from portal.web import find


class BidOut(serializers.ModelSerializer):
    """A bid as this person may know of it."""

    state = serializers.ChoiceField(choices=BidState.choices)

    class Meta:
        model = Bid
        fields = ["id", "challenge_id", "lead_id", "state", "created_at"]


class BidIn(serializers.Serializer):
    """For which organisation a bid is begun."""

    lead_id = serializers.UUIDField()


class DraftOut(serializers.Serializer):
    """The draft: the whole document (amounts in fen), and the save it is."""

    document = serializers.DictField()
    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField()
    saved_by = serializers.CharField()


class DraftIn(serializers.Serializer):
    """The fields of the document to change, and the save that the writer started from."""

    document = serializers.DictField()
    version = serializers.IntegerField(min_value=1)


class DraftFileIn(serializers.Serializer):
    """A file, sent as a form part."""

    content = serializers.FileField()


class DraftFileOut(serializers.Serializer):
    """The file that was taken in."""

    id = serializers.UUIDField()


class ReasonIn(serializers.Serializer):
    """A reason; needed once the bid has been opened."""

    why = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)


class ReceiptOut(serializers.Serializer):
    """The signed receipt of a seal: the statement, the signature under its canonical JSON, and the public key."""

    receipt = serializers.DictField()
    signature = serializers.CharField()
    public_key = serializers.CharField()


class ReceiptIn(serializers.Serializer):
    """A receipt to be checked."""

    receipt = serializers.DictField()
    signature = serializers.CharField(max_length=200)


class InclusionOut(serializers.Serializer):
    """Where the sealing stands in the record.

    The path leads to the checkpoint's root: from the leaf of the batch's body, in whose facts stands the root to which
    the batch's own path leads from the receipt's leaf.
    """

    index = serializers.IntegerField(source="number")
    size = serializers.IntegerField()
    path = serializers.ListField(child=serializers.CharField())
    batch = BatchProofOut(allow_null=True)
    checkpoint = serializers.DictField()
    signature = serializers.CharField()
    holds = serializers.BooleanField()


class CheckedOut(serializers.Serializer):
    """What was found about a receipt."""

    signed = serializers.BooleanField()
    known = serializers.BooleanField()
    proof = InclusionOut(source="inclusion", allow_null=True)


@reads(BidOut, many=True)
def list_bids(asked: Asked) -> QuerySet[Bid]:
    """The bids this person may know about; before the opening those of one's own organisations only."""
    return bids.visible_to(asked.by).order_by("-created_at", "pk")


@acts(BidIn, gives=BidOut, status=201, repeatable=True)
def start_bid(asked: Asked, pk: UUID) -> Bid:
    """Begin a bid on an open board."""
    return bidding.start_bid(pk, asked.given["lead_id"], by=asked.by, now=asked.now)


@reads(BidOut)
def show_bid(asked: Asked, pk: UUID) -> Bid:
    """One bid."""
    return _bid(asked, pk)


@reads(DraftOut)
def read_draft(asked: Asked, pk: UUID) -> bids.Draft:
    """The draft, for the lead's own people."""
    return bids.read_draft(_bid(asked, pk), asked.by)


@acts(DraftIn, gives=DraftOut)
def save_draft(asked: Asked, pk: UUID) -> bids.Draft:
    """Save fields of the draft; over somebody else's newer text it answers 409 ``draft_clash``."""
    bid = _bid(asked, pk)
    bidding.save_draft(bid.pk, **asked.given, by=asked.by, now=asked.now)
    return bids.read_draft(bid, asked.by)


@acts(DraftFileIn, gives=DraftFileOut, status=201)
def add_bid_file(asked: Asked, pk: UUID) -> Mapping[str, UUID]:
    """Take a file into the draft, encrypted to the board's box as it arrives."""
    content = asked.given["content"]
    bid = _bid(asked, pk)
    return {"id": bidding.add_file(bid.pk, name=content.name, content=content.read(), by=asked.by, now=asked.now)}


@acts()
def remove_bid_file(asked: Asked, pk: UUID, file: UUID) -> None:
    """Take a file out of the draft."""
    bidding.remove_file(_bid(asked, pk).pk, file, by=asked.by, now=asked.now)


@acts(gives=BidOut)
def ask_sign_off(asked: Asked, pk: UUID) -> Bid:
    """Lay a complete bid before the administrators."""
    return bidding.ask_sign_off(_bid(asked, pk).pk, by=asked.by, now=asked.now)


@acts(gives=BidOut)
def send_bid_back(asked: Asked, pk: UUID) -> Bid:
    """Give the bid back to its team for changes."""
    return bidding.send_back(_bid(asked, pk).pk, by=asked.by, now=asked.now)


@acts(gives=ReceiptOut, status=201, repeatable=True)
def seal_bid(asked: Asked, pk: UUID) -> Mapping[str, object]:
    """Seal the bid, up to and including the deadline, and get its receipt."""
    sealed = sealing.seal_bid(_bid(asked, pk).pk, by=asked.by, now=asked.now)
    return json.loads(receipts.file_of(sealed))


@reads(ReceiptOut)
def show_receipt(asked: Asked, pk: UUID) -> Mapping[str, object]:
    """The receipt of a sealed bid."""
    return json.loads(receipts.file_of(find(Receipt.objects.all(), seal__bid=_bid(asked, pk))))


@acts(ReasonIn, gives=BidOut)
def withdraw_bid(asked: Asked, pk: UUID) -> Bid:
    """Withdraw the bid, with a reason once it has been opened."""
    return bidding.withdraw_bid(_bid(asked, pk).pk, **asked.given, by=asked.by, now=asked.now)


@reads(bytes)
def read_bid_file(asked: Asked, pk: UUID, file: UUID) -> HttpResponse:
    """A file of an opened bid."""
    kept = find(_bid(asked, pk).files.select_related("file"), file=file).file
    response = HttpResponse(vault.read(kept), content_type=kept.kind)
    response["Content-Disposition"] = content_disposition_header(True, kept.name)
    return response


@acts(ReceiptIn, gives=CheckedOut, public=True)
def check_receipt(asked: Asked) -> receipts.Checked:
    """Check a receipt's signature and its place in the record; open to everybody."""
    return receipts.check(json.dumps(dict(asked.given)))


def _bid(asked: Asked, pk: UUID) -> Bid:
    return find(bids.visible_to(asked.by), pk=pk)
