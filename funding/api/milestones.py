"""Operations on milestones: reports with evidence, and the bureau's decision."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from funding.actions import reporting
from funding.models import Milestone, MilestoneReport
from funding.queries import milestones
from funding.states import MilestoneState
from portal.api.files import FileIn
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.web import find


class MilestoneOut(serializers.ModelSerializer):
    """A milestone of a project; the target in the indicator's unit, as text so that no digit is lost."""

    state = serializers.ChoiceField(choices=MilestoneState)

    class Meta:
        model = Milestone
        fields = ["id", "project_id", "position", "title", "due_on", "deliverable", "indicator_id", "target", "state"]


class ReportIn(serializers.Serializer):
    """What was done, what was measured, and files that prove it."""

    text = serializers.CharField(max_length=20_000)
    measured = serializers.DecimalField(max_digits=18, decimal_places=6, allow_null=True, default=None)
    files = FileIn(many=True)


class ReportOut(serializers.ModelSerializer):
    """A report of a milestone."""

    class Meta:
        model = MilestoneReport
        fields = ["id", "milestone_id", "text", "measured", "at"]


@reads(MilestoneOut, many=True)
def list_milestones(asked: Asked) -> QuerySet[Milestone]:
    """The milestones you may know about; reported ones first, then by day."""
    return milestones.listed(milestones.visible_to(asked.by))


@reads(MilestoneOut)
def show_milestone(asked: Asked, pk: UUID) -> Milestone:
    """One milestone."""
    return find(milestones.visible_to(asked.by), pk=pk)


@acts(ReportIn, gives=ReportOut, status=201, repeatable=True)
def report_milestone(asked: Asked, pk: UUID) -> MilestoneReport:
    """Report a milestone."""
    milestone = find(milestones.visible_to(asked.by), pk=pk)
    given = dict(asked.given)
    files = [(file["name"], file["content"]) for file in given.pop("files")]
    return reporting.report_milestone(milestone.pk, **given, files=files, by=asked.by, now=asked.now)


@acts(gives=MilestoneOut, repeatable=True)
def accept_milestone(asked: Asked, pk: UUID) -> Milestone:
    """Accept a reported milestone."""
    milestone = find(milestones.visible_to(asked.by), pk=pk)
    return reporting.accept_milestone(milestone.pk, by=asked.by, now=asked.now)


@acts(WhyIn, gives=MilestoneOut, repeatable=True)
def return_milestone(asked: Asked, pk: UUID) -> Milestone:
    """Send a report back with the reason."""
    milestone = find(milestones.visible_to(asked.by), pk=pk)
    return reporting.return_milestone(milestone.pk, **asked.given, by=asked.by, now=asked.now)
