"""Operations on instalments: bank receipts, claims, and the officer's check."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from funding.actions import disbursing
from funding.models import Claim, Instalment, Receipt, Trigger
from funding.queries import instalments, ledger
from funding.states import InstalmentState
from portal.api.files import FileIn
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.web import find


class InstalmentOut(serializers.ModelSerializer):
    """An instalment: planned at signing, payable once its evidence is verified (fen)."""

    trigger = serializers.ChoiceField(choices=Trigger)
    state = serializers.ChoiceField(choices=InstalmentState)

    class Meta:
        model = Instalment
        fields = ["id", "project_id", "position", "trigger", "milestone_id", "planned_fen", "payable_fen", "state"]


class BankReceiptOut(serializers.ModelSerializer):
    """A bank receipt of a payment from poster to bidder (fen)."""

    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = Receipt
        fields = ["id", "project_id", "payer", "payee", "amount_fen", "paid_on", "bank_reference", "sha256", "at"]


class BankReceiptIn(serializers.Serializer):
    """A bank receipt as it stands on the slip, and the slip itself."""

    payer = serializers.CharField(max_length=120)
    payee = serializers.CharField(max_length=120)
    amount_fen = serializers.IntegerField(min_value=1, max_value=2**53 - 1)
    paid_on = serializers.DateField()
    bank_reference = serializers.CharField(max_length=80)
    file = FileIn()


class ClaimIn(serializers.Serializer):
    """What a claim rests on; the first instalment needs the receipt of the poster's payment."""

    receipt_id = serializers.UUIDField(allow_null=True, default=None)


class ClaimOut(serializers.ModelSerializer):
    """A claim of an instalment (fen)."""

    class Meta:
        model = Claim
        fields = ["id", "instalment_id", "receipt_id", "claimed_fen", "at"]


@reads(InstalmentOut, many=True)
def list_instalments(asked: Asked) -> QuerySet[Instalment]:
    """The instalments you may know about; claims that wait first."""
    return instalments.listed(instalments.visible_to(asked.by))


@reads(InstalmentOut)
def show_instalment(asked: Asked, pk: UUID) -> Instalment:
    """One instalment."""
    return find(instalments.visible_to(asked.by), pk=pk)


@reads(BankReceiptOut, many=True)
def list_receipts(asked: Asked, pk: UUID) -> Iterable[Receipt]:
    """The bank receipts of a project."""
    project = find(ledger.projects_visible_to(asked.by), pk=pk)
    return instalments.receipts_visible_to(asked.by).filter(project=project).order_by("-at")


@acts(BankReceiptIn, gives=BankReceiptOut, status=201, repeatable=True)
def add_receipt(asked: Asked, pk: UUID) -> Receipt:
    """Add the receipt of the poster's payment to the bidder."""
    project = find(ledger.projects_visible_to(asked.by), pk=pk)
    given = dict(asked.given)
    file = given.pop("file")
    return disbursing.add_receipt(project.pk, **given, **file, by=asked.by, now=asked.now)


@acts(ClaimIn, gives=ClaimOut, status=201, repeatable=True)
def claim_instalment(asked: Asked, pk: UUID) -> Claim:
    """Claim an instalment; the amount follows from the rules and the receipt."""
    instalment = find(instalments.visible_to(asked.by), pk=pk)
    return disbursing.claim_instalment(instalment.pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=InstalmentOut, repeatable=True)
def verify_claim(asked: Asked, pk: UUID) -> Instalment:
    """Confirm what a claim rests on; its amount becomes payable."""
    instalment = find(instalments.visible_to(asked.by), pk=pk)
    return disbursing.verify_claim(instalment.pk, by=asked.by, now=asked.now)


@acts(WhyIn, gives=InstalmentOut, repeatable=True)
def return_claim(asked: Asked, pk: UUID) -> Instalment:
    """Send a claim back with the reason."""
    instalment = find(instalments.visible_to(asked.by), pk=pk)
    return disbursing.return_claim(instalment.pk, **asked.given, by=asked.by, now=asked.now)


@acts(WhyIn, gives=InstalmentOut, repeatable=True)
def hold_instalment(asked: Asked, pk: UUID) -> Instalment:
    """Hold an instalment with the reason."""
    instalment = find(instalments.visible_to(asked.by), pk=pk)
    return disbursing.hold_back_instalment(instalment.pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=InstalmentOut, repeatable=True)
def release_instalment(asked: Asked, pk: UUID) -> Instalment:
    """Release a held instalment to where it stood before."""
    instalment = find(instalments.visible_to(asked.by), pk=pk)
    return disbursing.release_instalment(instalment.pk, by=asked.by, now=asked.now)
