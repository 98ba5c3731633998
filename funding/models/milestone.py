"""Milestones under way: planned by the task book, reported with evidence, accepted or returned."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funding.states import MILESTONE_FLOW, MilestoneState
from portal.guards import flow_guard, frozen


class Milestone(models.Model):
    """A milestone of a project, compiled from its signed task book."""

    flow = MILESTONE_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey("funding.Project", on_delete=models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    due_on = models.DateField(_("due"))
    deliverable = models.CharField(_("deliverable"), max_length=300)
    indicator = models.ForeignKey("challenges.Indicator", on_delete=models.PROTECT, null=True, related_name="+")
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=6, null=True)
    state = models.CharField(max_length=10, choices=MilestoneState, default=MilestoneState.PLANNED)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["project", "position"], name="milestone_position_once")]
        triggers = [
            flow_guard(MILESTONE_FLOW, "milestone"),
            frozen(
                "milestone", ["project_id", "position", "title", "deliverable", "indicator_id", "target"], once="TRUE"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MilestoneReport(models.Model):
    """What was reported for a milestone: words, the measured value, and evidence; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField(_("report"))
    measured = models.DecimalField(_("measured value"), max_digits=18, decimal_places=6, null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.milestone_id)


class MilestoneEvidence(models.Model):
    """A file that proves what a report says."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(MilestoneReport, on_delete=models.PROTECT, related_name="evidence")
    file = models.OneToOneField("portal.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file_id)


class MilestoneDecision(models.Model):
    """One decision on a reported milestone; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.OneToOneField(MilestoneReport, on_delete=models.PROTECT, related_name="decision")
    accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(accepted=True) | ~Q(reason=""), name="milestone_return_has_reason")
        ]

    def __str__(self) -> str:
        return str(self.accepted)
