"""Instalments of an award, and the bank receipts that prove the poster's own payments."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from funding.states import INSTALMENT_FLOW, InstalmentState
from portal.guards import flow_guard, frozen, guard, raising


class Trigger(models.TextChoices):
    """What makes an instalment due."""

    FIRST_PAYMENT = "first_payment", _("the poster's first payment to the bidder")
    MILESTONE = "milestone", _("an accepted milestone")
    ACCEPTANCE = "acceptance", _("passed acceptance")


class Instalment(models.Model):
    """One part of an award: planned at signing, payable once its trigger is verified."""

    flow = INSTALMENT_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey("funding.Project", on_delete=models.PROTECT, related_name="instalments")
    position = models.PositiveSmallIntegerField()
    trigger = models.CharField(_("due for"), max_length=15, choices=Trigger)
    milestone = models.ForeignKey("funding.Milestone", on_delete=models.PROTECT, null=True, related_name="instalments")
    planned_fen = models.BigIntegerField(_("planned"))
    payable_fen = models.BigIntegerField(_("payable"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=InstalmentState, default=InstalmentState.PLANNED)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="instalment_position_once"),
            models.CheckConstraint(condition=Q(planned_fen__gt=0), name="instalment_positive"),
            models.CheckConstraint(
                condition=Q(payable_fen__isnull=True) | Q(payable_fen__gt=0, payable_fen__lte=F("planned_fen")),
                name="instalment_payable_within_planned",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "paid"]) | Q(payable_fen__isnull=False),
                name="instalment_verified_with_amount",
            ),
        ]
        triggers = [
            flow_guard(INSTALMENT_FLOW, "instalment"),
            frozen("instalment", ["project_id", "position", "trigger", "milestone_id", "planned_fen"], once="TRUE"),
            guard(
                "instalments_add_up",
                f"""
                IF (SELECT SUM(planned_fen) FROM funding_instalment WHERE project_id = NEW.project_id)
                    IS DISTINCT FROM (SELECT award_fen FROM funding_project WHERE id = NEW.project_id) THEN
                    {raising("instalments_add_up", "the instalments of a project add up to its award")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
                deferred=True,
            ),
            guard(
                "instalment_paid_by_a_confirmed_payment",
                f"""
                IF NEW.state = 'paid' AND OLD.state <> 'paid' AND NOT EXISTS (SELECT 1 FROM funding_payment
                    WHERE instalment_id = NEW.id AND state = 'confirmed' AND amount_fen = NEW.payable_fen) THEN
                    {raising("instalment_paid_by_a_confirmed_payment", "an instalment is paid by a confirmed payment")}
                END IF;
                """,
                on=pgtrigger.UpdateOf("state"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)


class Receipt(models.Model):
    """A bank receipt: the poster paid the bidder so much on a day; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey("funding.Project", on_delete=models.PROTECT, related_name="receipts")
    payer = models.CharField(_("payer"), max_length=120)
    payee = models.CharField(_("payee"), max_length=120)
    amount_fen = models.BigIntegerField(_("amount"))
    paid_on = models.DateField(_("date of payment"))
    bank_reference = models.CharField(_("bank reference"), max_length=80)
    file = models.OneToOneField("portal.StoredFile", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="receipt_positive"),
            models.UniqueConstraint(fields=["bank_reference"], name="receipt_reference_once"),
        ]

    def __str__(self) -> str:
        return self.bank_reference


class Claim(models.Model):
    """A claim of an instalment with what it rests on; append-only, the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, related_name="claims")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="claims")
    claimed_fen = models.BigIntegerField(_("claimed"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(claimed_fen__gt=0), name="claim_positive")]

    def __str__(self) -> str:
        return str(self.claimed_fen)
