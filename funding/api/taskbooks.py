"""Operations on task books."""

from uuid import UUID

from rest_framework import serializers

from funding.actions import tasking
from funding.models import TaskBook, TaskParty, Trigger
from funding.queries import projects, taskbooks
from funding.states import TaskBookState
from portal.api.shapes import ActingFor, WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.money import MOST_FEN
from portal.web import find


class TaskIndicatorShape(serializers.Serializer):
    """What the task book demands for an indicator of the board."""

    indicator_id = serializers.UUIDField()
    value = serializers.DecimalField(max_digits=18, decimal_places=6)


class TaskMilestoneShape(serializers.Serializer):
    """A milestone; indicator and target together or neither."""

    title = serializers.CharField(max_length=120)
    due_on = serializers.DateField()
    deliverable = serializers.CharField(max_length=300)
    indicator_id = serializers.UUIDField(allow_null=True, default=None)
    target = serializers.DecimalField(max_digits=18, decimal_places=6, allow_null=True, default=None)


class TaskInstalmentShape(serializers.Serializer):
    """An instalment, in fen."""

    trigger = serializers.ChoiceField(choices=Trigger.choices)
    milestone_position = serializers.IntegerField(min_value=1, max_value=50, allow_null=True, default=None)
    amount_fen = serializers.IntegerField(min_value=1, max_value=MOST_FEN)


class TaskSignatureOut(serializers.Serializer):
    """A party's signature."""

    party = serializers.ChoiceField(choices=TaskParty.choices)
    by = serializers.CharField(source="by.name")
    acting_for = ActingFor()
    digest = serializers.CharField()
    at = serializers.DateTimeField()


class TaskBookOut(serializers.ModelSerializer):
    """A task book with indicators, milestones, instalments and signatures; amounts in fen."""

    state = serializers.ChoiceField(choices=TaskBookState.choices)
    indicators = TaskIndicatorShape(many=True)
    milestones = TaskMilestoneShape(many=True)
    instalments = TaskInstalmentShape(many=True)
    signatures = TaskSignatureOut(many=True)

    class Meta:
        model = TaskBook
        fields = [
            "id", "project_id", "version", "state", "starts_on", "ends_on", "terms", "indicators", "milestones",
            "instalments", "digest", "signatures", "due_at", "signed_at",
        ]  # fmt: skip


class TaskBookIn(serializers.Serializer):
    """The whole text of a draft."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    terms = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    indicators = TaskIndicatorShape(many=True)
    milestones = TaskMilestoneShape(many=True)
    instalments = TaskInstalmentShape(many=True)


class PartyIn(serializers.Serializer):
    """For which party."""

    party = serializers.ChoiceField(choices=TaskParty.choices)


@reads(TaskBookOut)
def show_taskbook(asked: Asked, pk: UUID) -> TaskBook:
    """One task book."""
    return find(taskbooks.visible_to(asked.by), pk=pk)


@acts(gives=TaskBookOut, status=201)
def draft_taskbook(asked: Asked, pk: UUID) -> TaskBook:
    """Draft the task book of an approved project."""
    project = find(projects.visible_to(asked.by), pk=pk)
    return tasking.draft_taskbook(project.pk, by=asked.by, now=asked.now)


@acts(TaskBookIn, gives=TaskBookOut)
def save_taskbook(asked: Asked, pk: UUID) -> TaskBook:
    """Write the draft anew; nothing below the application, and to the fen."""
    taskbook, given = find(taskbooks.visible_to(asked.by), pk=pk), dict(asked.given)
    given["indicators"] = {row["indicator_id"]: row["value"] for row in given["indicators"]}
    given["milestones"] = [{**row, "indicator": row["indicator_id"]} for row in given["milestones"]]
    return tasking.save_taskbook(taskbook.pk, **given, by=asked.by, now=asked.now)


@acts(gives=TaskBookOut)
def send_taskbook_to_sign(asked: Asked, pk: UUID) -> TaskBook:
    """Freeze the text and ask the four parties to sign."""
    taskbook = find(taskbooks.visible_to(asked.by), pk=pk)
    return tasking.send_taskbook_to_sign(taskbook.pk, by=asked.by, now=asked.now)


@acts(PartyIn, gives=TaskBookOut)
def sign_taskbook(asked: Asked, pk: UUID) -> TaskBook:
    """Sign for one party."""
    taskbook = find(taskbooks.visible_to(asked.by), pk=pk)
    tasking.sign_taskbook(taskbook.pk, **asked.given, by=asked.by, now=asked.now)
    return find(taskbooks.visible_to(asked.by), pk=pk)


@acts(WhyIn, gives=TaskBookOut)
def withdraw_taskbook(asked: Asked, pk: UUID) -> TaskBook:
    """Take a task book back for correction, with the reason."""
    taskbook = find(taskbooks.visible_to(asked.by), pk=pk)
    return tasking.withdraw_taskbook_for_correction(taskbook.pk, **asked.given, by=asked.by, now=asked.now)
