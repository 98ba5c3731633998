"""Payments through the treasury: prepared, approved by enough people, sent in a list, confirmed."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funding.states import PAYMENT_FLOW, PaymentState
from portal.guards import flow_guard, frozen, guard, raising


class BankAccount(models.Model):
    """One version of an organisation's account; a change is a new row, and the newest confirmed one counts.

    ``usable_from`` is the first day on which payments may go there after the change.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="bank_accounts")
    version = models.PositiveSmallIntegerField()
    holder = models.CharField(_("account holder"), max_length=120)
    bank = models.CharField(_("bank"), max_length=120)
    number = models.CharField(_("account number"), max_length=40)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    usable_from = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="bank_account_version_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("entered_by")),
                name="bank_account_confirmed_by_another",
            ),
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{8,34}$"), name="bank_account_digits"),
        ]
        triggers = [
            frozen(
                "bank_account",
                ["organisation_id", "version", "holder", "bank", "number", "entered_by_id", "entered_at"],
                once="TRUE",
            ),
            frozen(
                "bank_account_confirmation",
                ["confirmed_by_id", "confirmed_at", "usable_from"],
                once="OLD.confirmed_by_id IS NOT NULL",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} · {self.number[-4:]}"


NEEDED = """
    (SELECT CASE WHEN {amount} >= f.three_approvers_from_fen THEN 3
                 WHEN {amount} >= f.two_approvers_from_fen THEN 2 ELSE 1 END
     FROM funding_instalment i JOIN funding_project p ON p.id = i.project_id
     JOIN funding_fundingrules f ON f.rules_id = p.rules_id WHERE i.id = {instalment})
"""


class Payment(models.Model):
    """One payment of one instalment; ``digest`` is what approvers sign: amount, payee, account, evidence.

    ``reference`` is the idempotency key towards the treasury, end to end.
    """

    flow = PAYMENT_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    instalment = models.ForeignKey("funding.Instalment", on_delete=models.PROTECT, related_name="payments")
    reference = models.CharField(_("reference"), max_length=40, unique=True)
    amount_fen = models.BigIntegerField(_("amount"))
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="payments")
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=PaymentState, default=PaymentState.PREPARED)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_positive"),
            models.UniqueConstraint(
                fields=["instalment"],
                condition=Q(state__in=["prepared", "approved", "sent", "confirmed"]),
                name="payment_one_live_per_instalment",
            ),
        ]
        indexes = [models.Index(fields=["state", "prepared_at"], name="payment_by_state")]
        triggers = [
            flow_guard(PAYMENT_FLOW, "payment"),
            frozen(
                "payment",
                ["instalment_id", "reference", "amount_fen", "account_id", "digest", "prepared_by_id", "prepared_at"],
                once="TRUE",
            ),
            guard(
                "payment_of_a_verified_instalment",
                f"""
                IF NOT EXISTS (SELECT 1 FROM funding_instalment i JOIN funding_project p ON p.id = i.project_id
                    JOIN funding_bankaccount a ON a.id = NEW.account_id AND a.organisation_id = p.poster_id
                    WHERE i.id = NEW.instalment_id AND i.state = 'verified' AND i.payable_fen = NEW.amount_fen
                    AND a.confirmed_by_id IS NOT NULL) THEN
                    {raising("payment_of_a_verified_instalment", "a payment is the payable amount of a verified instalment, to the confirmed account of the poster")}
                END IF;
                IF EXISTS (SELECT 1 FROM funding_bankaccount WHERE id = NEW.account_id
                           AND NEW.prepared_by_id IN (entered_by_id, confirmed_by_id)) THEN
                    {raising("payment_not_by_who_edits_accounts", "who edits an account prepares no payment to it")}
                END IF;
                """,
                on=pgtrigger.Insert,
            ),
            guard(
                "payment_approved_by_enough",
                f"""
                IF NEW.state = 'approved' AND OLD.state = 'prepared' AND (
                    SELECT COUNT(DISTINCT by_id) FROM funding_approval
                    WHERE payment_id = NEW.id AND digest = NEW.digest) < COALESCE({NEEDED.format(amount="NEW.amount_fen", instalment="NEW.instalment_id")}, 99)
                THEN
                    {raising("payment_approved_by_enough", "a payment needs as many approvers as its amount asks for")}
                END IF;
                IF NEW.state = 'sent' AND OLD.state = 'approved' AND EXISTS (
                    SELECT 1 FROM funding_bankaccount a JOIN funding_bankaccount later
                    ON later.organisation_id = a.organisation_id AND later.version > a.version
                    WHERE a.id = NEW.account_id) THEN
                    {raising("payment_to_the_present_account", "the account changed after the payment was prepared")}
                END IF;
                """,
                on=pgtrigger.UpdateOf("state"),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Approval(models.Model):
    """One person's approval of exactly what a payment's digest names; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="approvals")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payment", "by"], name="approval_once_per_person")]
        triggers = [
            guard(
                "approval_by_another",
                f"""
                IF EXISTS (SELECT 1 FROM funding_payment p JOIN funding_bankaccount a ON a.id = p.account_id
                    WHERE p.id = NEW.payment_id
                    AND NEW.by_id IN (p.prepared_by_id, a.entered_by_id, a.confirmed_by_id)) THEN
                    {raising("approval_by_another", "who prepared a payment or edited its account does not approve it")}
                END IF;
                IF NOT EXISTS (SELECT 1 FROM funding_payment
                    WHERE id = NEW.payment_id AND state = 'prepared' AND digest = NEW.digest) THEN
                    {raising("approval_of_what_is_prepared", "an approval names what is prepared")}
                END IF;
                """,
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return str(self.payment_id)


class PaymentList(models.Model):
    """A payment list handed to the treasury: its bytes in the store, and what it held; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    file = models.OneToOneField("portal.StoredFile", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.number


class PaymentListLine(models.Model):
    """A payment in a list; a payment goes out once."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, primary_key=True, related_name="line")
    payment_list = models.ForeignKey(PaymentList, on_delete=models.PROTECT, related_name="lines")

    def __str__(self) -> str:
        return str(self.payment_id)


class ConfirmationFile(models.Model):
    """A file of confirmations as it came in; the same bytes are taken once, by a reconciler or the clock."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    file = models.OneToOneField("portal.StoredFile", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, unique=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.sha256


class Outcome(models.TextChoices):
    """What the treasury says became of a payment."""

    PAID = "paid", _("paid")
    FAILED = "failed", _("failed")
    RETURNED = "returned", _("returned")


class Confirmation(models.Model):
    """One line of a confirmation file about one payment; append-only, each outcome once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="confirmations")
    source = models.ForeignKey(ConfirmationFile, on_delete=models.PROTECT, related_name="lines")
    outcome = models.CharField(max_length=10, choices=Outcome)
    amount_fen = models.BigIntegerField()
    voucher_number = models.CharField(_("voucher number"), max_length=60)
    value_on = models.DateField(_("value date"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "outcome"], name="confirmation_once_per_outcome"),
        ]
        triggers = [
            guard(
                "confirmation_of_the_amount",
                f"""
                IF NOT EXISTS (SELECT 1 FROM funding_payment WHERE id = NEW.payment_id
                               AND amount_fen = NEW.amount_fen AND state IN ('sent', 'confirmed')) THEN
                    {raising("confirmation_of_the_amount", "a confirmation is of the amount that was sent")}
                END IF;
                """,
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return self.voucher_number
