"""A round of project applications, the appropriation it draws on, and decisions made elsewhere."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.models import Rules
from portal.guards import frozen


class Appropriation(models.Model):
    """City money that was made available, with its codes; the amount itself lies in the ledger."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    document_number = models.CharField(_("appropriation document number"), max_length=80, unique=True)
    function_code = models.CharField(_("function code"), max_length=20)
    economic_code = models.CharField(_("economic code"), max_length=20)
    amount_fen = models.BigIntegerField(_("amount"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_fen__gt=0), name="appropriation_positive")]

    def __str__(self) -> str:
        return self.document_number


class Round(models.Model):
    """One round in which signed pairs apply for city money; it binds one version of the rules."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    rules = models.ForeignKey(Rules, on_delete=models.PROTECT, related_name="rounds")
    appropriation = models.ForeignKey(Appropriation, on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("English title"), max_length=160)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_it_opens")
        ]

    def __str__(self) -> str:
        return self.title


class DecisionKind(models.TextChoices):
    """Which body outside the portal decided."""

    JOINT_REVIEW = "joint_review", _("joint review with finance")
    GOVERNMENT = "government", _("approval of the city government")


class Decision(models.Model):
    """A decision made outside the portal, recorded by an officer and confirmed by a second person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=15, choices=DecisionKind)
    document_number = models.CharField(_("document number"), max_length=80)
    decided_on = models.DateField(_("date of the decision"))
    scan = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="decision_confirmed_by_another",
            ),
            models.UniqueConstraint(fields=["round", "kind", "document_number"], name="decision_recorded_once"),
        ]
        triggers = [
            frozen(
                "decision",
                ["round_id", "kind", "document_number", "decided_on", "scan_id", "recorded_by_id", "recorded_at"],
                once="TRUE",
            ),
            frozen(
                "decision_confirmation", ["confirmed_by_id", "confirmed_at"], once="OLD.confirmed_by_id IS NOT NULL"
            ),
        ]

    def __str__(self) -> str:
        return self.document_number


class DecisionItem(models.Model):
    """One project in a decision, with the amount decided."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="items")
    project = models.ForeignKey("funding.Project", on_delete=models.PROTECT, related_name="decision_items")
    amount_fen = models.BigIntegerField(_("amount"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "project"], name="decision_item_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="decision_item_positive"),
        ]

    def __str__(self) -> str:
        return str(self.amount_fen)
