"""The technology development agreement between poster and bidder."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.states import AGREEMENT_FLOW, AgreementState
from portal.guards import flow_guard, frozen, guard, raising
from portal.models.organisation_merge import and_who_took_it_in

OPEN = "(SELECT state FROM challenges_agreement WHERE id = COALESCE(NEW.agreement_id, OLD.agreement_id))"

DRAFT_ONLY = guard(
    "only_in_draft",
    f"""
    IF {OPEN} <> 'draft' THEN
        {raising("agreement_frozen", "an agreement does not change once it is being signed")}
    END IF;
    """,
    on=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
)


class Agreement(models.Model):
    """What poster and selected bidder sign: amount, months, terms, payments and shares.

    ``digest`` is the SHA-256 of its canonical text, made when it goes to be signed; each
    signature names it.
    """

    flow = AGREEMENT_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bid = models.ForeignKey("challenges.Bid", on_delete=models.PROTECT, related_name="agreements")
    state = models.CharField(max_length=12, choices=AgreementState, default=AgreementState.DRAFT)
    amount_fen = models.BigIntegerField(_("amount"))
    months = models.PositiveSmallIntegerField(_("months"))
    ip_terms = models.TextField(_("terms on intellectual property"))
    digest = models.CharField(max_length=64, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid"], condition=~Q(state="void"), name="agreement_one_live_per_bid"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="agreement_amount_positive"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "void"]) | ~Q(digest=""), name="agreement_signed_by_digest"
            ),
        ]
        triggers = [
            flow_guard(AGREEMENT_FLOW, "agreement"),
            frozen("agreement", ["bid_id", "amount_fen", "months", "ip_terms", "digest"], once="OLD.state <> 'draft'"),
            guard(
                "agreement_signed_by_both",
                f"""
                IF NEW.state = 'signed' AND OLD.state = 'signing' AND (
                    SELECT COUNT(*) FROM challenges_signature WHERE agreement_id = NEW.id AND digest = NEW.digest) <> 2
                THEN
                    {raising("agreement_signed_by_both", "an agreement is signed when both sides have signed")}
                END IF;
                """,
                on=pgtrigger.UpdateOf("state"),
            ),
            guard(
                "agreement_adds_up",
                f"""
                IF NEW.state NOT IN ('draft', 'void') AND (
                    (SELECT COALESCE(SUM(amount_fen), 0) FROM challenges_agreementpayment
                        WHERE agreement_id = NEW.id) <> NEW.amount_fen
                    OR (SELECT COALESCE(SUM(amount_fen), 0) FROM challenges_agreementshare
                        WHERE agreement_id = NEW.id) <> NEW.amount_fen)
                THEN
                    {raising("agreement_adds_up", "payments and shares each add up to the amount")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
                deferred=True,
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AgreementPayment(models.Model):
    """A payment from poster to bidder: what it is due for, and how much."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="payments")
    position = models.PositiveSmallIntegerField()
    due_for = models.CharField(_("due for"), max_length=120)
    amount_fen = models.BigIntegerField(_("amount"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="agreement_payment_position_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="agreement_payment_positive"),
        ]
        triggers = [DRAFT_ONLY]

    def __str__(self) -> str:
        return self.due_for


class AgreementShare(models.Model):
    """What one party on the bidder's side receives of the amount."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="shares")
    party = models.ForeignKey("challenges.BidParty", on_delete=models.PROTECT, related_name="+")
    amount_fen = models.BigIntegerField(_("amount"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agreement", "party"], name="agreement_share_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="agreement_share_not_negative"),
        ]
        triggers = [DRAFT_ONLY]

    def __str__(self) -> str:
        return str(self.amount_fen)


class Side(models.TextChoices):
    """The two sides of an agreement."""

    POSTER = "poster", _("poster")
    BIDDER = "bidder", _("bidder")


class Signature(models.Model):
    """One side's signature under one digest of an agreement; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=10, choices=Side)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "side"], name="signature_once_per_side")]
        triggers = [
            guard(
                "signature_by_a_side",
                f"""
                IF NOT EXISTS (SELECT 1 FROM challenges_agreement a
                    JOIN challenges_bid b ON b.id = a.bid_id
                    JOIN challenges_challenge c ON c.id = b.challenge_id
                    JOIN portal_membership m ON m.user_id = NEW.by_id AND m.role = 'administrator'
                        AND (portal_now() AT TIME ZONE 'Asia/Shanghai')::date
                            BETWEEN m.starts_on AND COALESCE(m.ends_on, 'infinity')
                        AND m.organisation_id IN {and_who_took_it_in("CASE NEW.side WHEN 'poster' THEN c.poster_id ELSE b.lead_id END")}
                    WHERE a.id = NEW.agreement_id AND a.state = 'signing' AND a.digest = NEW.digest) THEN
                    {raising("signature_by_a_side", "an administrator of the side signs the text being signed")}
                END IF;
                """,
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return self.side
