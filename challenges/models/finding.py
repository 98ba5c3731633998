"""What a person decided about an affiliation between the sides of a case."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class FindingDecision(models.TextChoices):
    """Whether the two may stand on the two sides of one case."""

    ALLOWED = "allowed", _("allowed")
    BLOCKED = "blocked", _("excluded")


class FindingStage(models.TextChoices):
    """At which step the affiliation was decided."""

    QUALIFYING = "qualifying", _("formal check of the bid")
    TASKBOOK = "taskbook", _("task book")


class AffiliationFinding(models.Model):
    """An affiliation of poster and bidder was found, and a person decided what it means; append-only.

    ``path`` holds the ties as they were then, ``digest`` its SHA-256: another tie asks for another decision.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    challenge = models.ForeignKey("challenges.Challenge", on_delete=models.PROTECT, related_name="findings")
    bid = models.ForeignKey("challenges.Bid", on_delete=models.PROTECT, related_name="findings")
    stage = models.CharField(max_length=12, choices=FindingStage)
    poster = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="+")
    path = models.JSONField()
    digest = models.CharField(max_length=64)
    decision = models.CharField(max_length=10, choices=FindingDecision)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="affiliation_finding_has_reason"),
            models.CheckConstraint(condition=~Q(poster=F("party")), name="affiliation_finding_between_two"),
            models.CheckConstraint(condition=Q(decision__in=["allowed", "blocked"]), name="affiliation_finding_decides"),
        ]

    def __str__(self) -> str:
        return self.decision
