"""Operations on payments: bank accounts, preparing and approving, lists out and confirmations in."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers

from funding.actions import accounts, disbursing
from funding.models import BankAccount, ConfirmationFile, Payment, PaymentList
from funding.queries import accounts as account_rows
from funding.queries import instalments, payments
from funding.states import PaymentState
from portal.api.files import Base64Field
from portal.api.masking import MaskedField
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.web import find, give_file


class BankAccountOut(serializers.ModelSerializer):
    """One version of an organisation's account; usable from a day once it is confirmed."""

    number = MaskedField("account")

    class Meta:
        model = BankAccount
        fields = [
            "id", "organisation_id", "version", "holder", "bank", "number", "entered_at", "confirmed_at", "usable_from",
        ]  # fmt: skip


class BankAccountIn(serializers.Serializer):
    """An account in the organisation's own name."""

    holder = serializers.CharField(max_length=120)
    bank = serializers.RegexField(r"^\w", max_length=120)
    number = serializers.CharField(max_length=40)


class PaymentOut(serializers.ModelSerializer):
    """A payment (fen); ``digest`` is what an approver approves."""

    state = serializers.ChoiceField(choices=PaymentState)

    class Meta:
        model = Payment
        fields = [
            "id", "instalment_id", "reference", "amount_fen", "account_id", "digest", "state", "prepared_at", "sent_at",
            "settled_at",
        ]  # fmt: skip


class ApprovalIn(serializers.Serializer):
    """The digest of what was seen: amount, payee, account and evidence."""

    digest = serializers.RegexField(r"^[0-9a-f]{64}$")


class PaymentListOut(serializers.ModelSerializer):
    """A payment list for the treasury."""

    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = PaymentList
        fields = ["id", "number", "made_at", "sha256"]


class SentOut(serializers.Serializer):
    """The payment lists that were made."""

    lists = PaymentListOut(many=True)


class ConfirmationIn(serializers.Serializer):
    """The treasury's confirmation file, in Base64."""

    content = Base64Field()


class ConfirmationOut(serializers.ModelSerializer):
    """A confirmation file that was taken over."""

    lines = serializers.SerializerMethodField()

    class Meta:
        model = ConfirmationFile
        fields = ["id", "sha256", "imported_at", "lines"]

    def get_lines(self, source: ConfirmationFile) -> int:
        """How many payments it settled."""
        return source.lines.count()


@reads(BankAccountOut, many=True)
def list_bank_accounts(asked: Asked, pk: UUID) -> QuerySet[BankAccount]:
    """The versions of an organisation's account, the newest first."""
    organisation = find(account_rows.holders_visible_to(asked.by), pk=pk)
    return account_rows.visible_to(asked.by).filter(organisation=organisation).order_by("-version")


@acts(BankAccountIn, gives=BankAccountOut, status=201, repeatable=True)
def enter_bank_account(asked: Asked, pk: UUID) -> BankAccount:
    """Enter an organisation's account, or change it; a change lets payments rest."""
    organisation = find(account_rows.holders_visible_to(asked.by), pk=pk)
    return accounts.enter_bank_account(organisation.pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=BankAccountOut, repeatable=True)
def confirm_bank_account(asked: Asked, pk: UUID) -> BankAccount:
    """Confirm an account as somebody who neither entered it nor pays."""
    account = find(account_rows.visible_to(asked.by), pk=pk)
    return accounts.confirm_bank_account(account.pk, by=asked.by, now=asked.now)


@reads(PaymentOut, many=True)
def list_payments(asked: Asked) -> QuerySet[Payment]:
    """The payments you may know about; what waits first."""
    return payments.listed(payments.visible_to(asked.by))


@reads(PaymentOut)
def show_payment(asked: Asked, pk: UUID) -> Payment:
    """One payment."""
    return find(payments.visible_to(asked.by), pk=pk)


@acts(gives=PaymentOut, status=201, repeatable=True)
def prepare_payment(asked: Asked, pk: UUID) -> Payment:
    """Prepare the payment of a verified instalment."""
    instalment = find(instalments.visible_to(asked.by), pk=pk)
    return disbursing.prepare_payment(instalment.pk, by=asked.by, now=asked.now)


@acts(ApprovalIn, gives=PaymentOut, repeatable=True)
def approve_payment(asked: Asked, pk: UUID) -> Payment:
    """Approve exactly what the digest names."""
    payment = find(payments.visible_to(asked.by), pk=pk)
    return disbursing.approve_payment(payment.pk, **asked.given, by=asked.by, now=asked.now)


@acts(WhyIn, gives=PaymentOut, repeatable=True)
def void_payment(asked: Asked, pk: UUID) -> Payment:
    """Declare a payment void before it is sent."""
    payment = find(payments.visible_to(asked.by), pk=pk)
    return disbursing.void_payment(payment.pk, **asked.given, by=asked.by, now=asked.now)


@reads(PaymentListOut, many=True)
def list_payment_lists(asked: Asked) -> QuerySet[PaymentList]:
    """Payment lists, the newest first."""
    return payments.lists_visible_to(asked.by)


@acts(gives=SentOut, status=201, repeatable=True)
def send_payments(asked: Asked) -> dict[str, list[PaymentList]]:
    """Put every approved payment into a payment list; no list where none waits."""
    return {"lists": disbursing.send_payments(by=asked.by, now=asked.now)}


@reads(bytes)
def read_payment_list(asked: Asked, pk: UUID) -> HttpResponse:
    """A payment list as CSV, with whole account numbers; taking it is written down."""
    made = find(payments.lists_visible_to(asked.by), pk=pk)
    return give_file(disbursing.take_payment_list(made.pk, by=asked.by, now=asked.now))


@acts(ConfirmationIn, gives=ConfirmationOut, status=201, repeatable=True)
def import_confirmations(asked: Asked) -> ConfirmationFile:
    """Take over a confirmation file of the treasury: all of it or nothing."""
    return disbursing.import_confirmations(**asked.given, by=asked.by, now=asked.now)
