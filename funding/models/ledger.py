"""The ledger: accounts whose balances only the database moves, entries and their postings."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.guards import guard, raising


class AccountKind(models.TextChoices):
    """What an account holds; the two sources may only fall below zero, all others only stand above."""

    TREASURY = "treasury", _("source: treasury")
    APPROPRIATION = "appropriation", _("appropriation")
    COMMITTED = "committed", _("committed")
    PAYABLE = "payable", _("payable")
    CLEARING = "clearing", _("clearing")
    PAID = "paid", _("paid")
    RECOVERABLE = "recoverable", _("to be recovered")
    RECOVERED = "recovered", _("recovered")
    POSTER_SOURCE = "poster_source", _("source: the poster's own funds")
    POSTER_PAID = "poster_paid", _("paid by the poster")

    @classmethod
    def sources(cls) -> list["AccountKind"]:
        """Where money comes from."""
        return [cls.TREASURY, cls.POSTER_SOURCE]


class Account(models.Model):
    """One account: ``owner`` is the appropriation, project or instalment it belongs to.

    ``balance_fen`` is the sum of its postings; only the trigger of a posting changes it, and its
    CHECK is what stops an overdraft, because two transactions that each sum the postings do not
    see one another.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=15, choices=AccountKind)
    owner = models.UUIDField()
    balance_fen = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "owner"], name="account_once_per_owner"),
            models.CheckConstraint(
                condition=Q(kind__in=["treasury", "poster_source"], balance_fen__lte=0)
                | (~Q(kind__in=["treasury", "poster_source"]) & Q(balance_fen__gte=0)),
                name="account_never_overdrawn",
            ),
        ]
        triggers = [
            guard(
                "account_begins_empty",
                f"IF NEW.balance_fen <> 0 THEN {raising('account_begins_empty', 'an account begins with nothing')} END IF;",
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner}"


BALANCED = """
    IF (SELECT COUNT(*) < 2 OR SUM(amount_fen) <> 0 FROM funding_posting WHERE entry_id = {entry}) THEN
        {refuse}
    END IF;
"""
UNBALANCED = raising("entry_balanced", "an entry has two postings or more and sums to zero")


class LedgerEntry(models.Model):
    """One movement of money, written once under its ``key``; a correction is a new entry."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=30)
    project = models.ForeignKey("funding.Project", on_delete=models.PROTECT, null=True, related_name="entries")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    event = models.ForeignKey("portal.Event", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["project", "at"], name="entry_by_project")]
        triggers = [
            guard(
                "entry_balanced",
                BALANCED.format(entry="NEW.id", refuse=UNBALANCED),
                on=pgtrigger.Insert,
                deferred=True,
            )
        ]

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """One leg of an entry."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    amount_fen = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount_fen=0), name="posting_not_zero"),
            models.UniqueConstraint(fields=["entry", "account"], name="posting_once_per_account"),
        ]
        triggers = [
            guard(
                "posting_balanced",
                BALANCED.format(entry="NEW.entry_id", refuse=UNBALANCED),
                on=pgtrigger.Insert,
                deferred=True,
            )
        ]

    def __str__(self) -> str:
        return str(self.amount_fen)
