"""Operations on agreements: drafting, terms, signatures, registration and the end."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from challenges.actions import agreeing
from challenges.models import Agreement, Side
from challenges.queries import agreeing as agreements
from challenges.queries import bidding as bids
from challenges.states import AgreementState
from portal.api.shapes import ActingFor
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.kernel.money import MOST_FEN
from portal.permissions import is_member
from portal.web import find


class PaymentShape(serializers.Serializer):
    """A payment from poster to bidder, in fen."""

    due_for = serializers.CharField(max_length=120)
    amount_fen = serializers.IntegerField(max_value=MOST_FEN)


class ShareIn(serializers.Serializer):
    """What one party on the bidder's side receives, in fen."""

    party = serializers.UUIDField()
    amount_fen = serializers.IntegerField(max_value=MOST_FEN)


class ShareOut(serializers.Serializer):
    """What one party on the bidder's side receives, in fen."""

    party = serializers.UUIDField(source="party_id")
    uscc = serializers.CharField(source="party.uscc")
    name = serializers.CharField(source="party.name")
    amount_fen = serializers.IntegerField()


class SignatureOut(serializers.Serializer):
    """A side's signature."""

    side = serializers.ChoiceField(choices=Side.choices)
    by = serializers.CharField(source="by.name")
    acting_for = ActingFor()
    digest = serializers.CharField()
    at = serializers.DateTimeField()


class AgreementOut(serializers.ModelSerializer):
    """An agreement with its payments, shares and signatures; amounts in fen."""

    state = serializers.ChoiceField(choices=AgreementState.choices)
    payments = PaymentShape(many=True)
    shares = ShareOut(many=True)
    signatures = SignatureOut(many=True)

    class Meta:
        model = Agreement
        fields = [
            "id", "bid_id", "state", "amount_fen", "months", "ip_terms", "payments", "shares", "digest", "signatures",
            "registration_number", "created_at", "signed_at",
        ]  # fmt: skip


class TermsIn(serializers.Serializer):
    """The terms of a draft; amounts in fen."""

    amount_fen = serializers.IntegerField(max_value=MOST_FEN)
    months = serializers.IntegerField(min_value=1, max_value=1200)
    ip_terms = serializers.CharField(max_length=20_000, allow_blank=True)
    payments = PaymentShape(many=True)
    shares = ShareIn(many=True)


class RegistrationIn(serializers.Serializer):
    """The number of the registered technology contract."""

    number = serializers.CharField(max_length=60)


class VoidIn(serializers.Serializer):
    """Why the agreement ends, and whether the choice of the bidder ends with it."""

    why = serializers.CharField(max_length=4000)
    ends_selection = serializers.BooleanField(default=True)


@reads(AgreementOut, many=True)
def list_agreements(asked: Asked) -> QuerySet[Agreement]:
    """Agreements this person may know about, those that wait first."""
    return agreements.listed(agreements.written_out(agreements.visible_to(asked.by)))


@acts(gives=AgreementOut, status=201, repeatable=True)
def draft_agreement(asked: Asked, pk: UUID) -> Agreement:
    """Draft the agreement from the selected bid."""
    bid = find(bids.visible_to(asked.by).select_related("challenge"), pk=pk)
    if not is_member(asked.by, bid.challenge.poster_id):
        raise NotFound()
    agreement = agreeing.draft_agreement(bid.pk, by=asked.by, now=asked.now)
    return _agreement(asked, agreement.pk)


@reads(AgreementOut)
def show_agreement(asked: Asked, pk: UUID) -> Agreement:
    """One agreement."""
    return _agreement(asked, pk)


@acts(TermsIn, gives=AgreementOut)
def save_agreement(asked: Asked, pk: UUID) -> Agreement:
    """Write the terms of a draft anew."""
    agreeing.save_agreement(_agreement(asked, pk).pk, **asked.given, by=asked.by, now=asked.now)
    return _agreement(asked, pk)


@acts(gives=AgreementOut, repeatable=True)
def send_agreement(asked: Asked, pk: UUID) -> Agreement:
    """Freeze the text and ask both sides to sign."""
    agreeing.send_to_sign(_agreement(asked, pk).pk, by=asked.by, now=asked.now)
    return _agreement(asked, pk)


@acts(gives=AgreementOut, repeatable=True)
def sign_agreement(asked: Asked, pk: UUID) -> Agreement:
    """Sign for one's side; with the second signature the board is matched."""
    agreeing.sign_agreement(_agreement(asked, pk).pk, by=asked.by, now=asked.now)
    return _agreement(asked, pk)


@acts(RegistrationIn, gives=AgreementOut)
def register_agreement(asked: Asked, pk: UUID) -> Agreement:
    """Enter the number of the registered technology contract."""
    agreeing.register_agreement(_agreement(asked, pk).pk, number=asked.given["number"], by=asked.by, now=asked.now)
    return _agreement(asked, pk)


@acts(VoidIn, gives=AgreementOut)
def void_agreement(asked: Asked, pk: UUID) -> Agreement:
    """End an agreement with a reason."""
    agreeing.void_agreement(_agreement(asked, pk).pk, **asked.given, by=asked.by, now=asked.now)
    return _agreement(asked, pk)


def _agreement(asked: Asked, pk: UUID) -> Agreement:
    return find(agreements.written_out(agreements.visible_to(asked.by)), pk=pk)
