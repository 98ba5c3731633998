"""The task book: what the four parties sign, and from which milestones and instalments are made."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from funding.states import TASKBOOK_FLOW, TaskBookState
from portal.guards import flow_guard, frozen, guard, raising


class TaskBook(models.Model):
    """One version of a project's task book; ``digest`` is the SHA-256 of its canonical text."""

    flow = TASKBOOK_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey("funding.Project", on_delete=models.PROTECT, related_name="taskbooks")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=TaskBookState, default=TaskBookState.DRAFT)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))
    terms = models.TextField(_("terms"), blank=True)
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("to be signed by"))
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="taskbook_version_once"),
            models.UniqueConstraint(fields=["project"], condition=~Q(state="replaced"), name="taskbook_one_live"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="taskbook_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(state="draft") | ~Q(digest=""), name="taskbook_signed_by_digest"),
        ]
        triggers = [
            flow_guard(TASKBOOK_FLOW, "taskbook"),
            frozen("taskbook", ["starts_on", "ends_on", "terms"], once="OLD.state <> 'draft'"),
            frozen("taskbook_text", ["digest"], once="OLD.state = 'signed'"),
            guard(
                "taskbook_signed_by_four",
                f"""
                IF NEW.state = 'signed' AND OLD.state = 'signing' AND (
                    SELECT COUNT(*) FROM funding_taskbooksignature WHERE taskbook_id = NEW.id AND digest = NEW.digest
                ) <> 4 THEN
                    {raising("taskbook_signed_by_four", "a task book is signed when all four parties have signed")}
                END IF;
                """,
                on=pgtrigger.UpdateOf("state"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} · {self.version}"


DRAFT_ONLY = guard(
    "taskbook_rows_frozen",
    f"""
    IF (SELECT state FROM funding_taskbook WHERE id = COALESCE(NEW.taskbook_id, OLD.taskbook_id)) <> 'draft' THEN
        {raising("taskbook_rows_frozen", "a task book does not change once it is being signed")}
    END IF;
    """,
    on=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
)


class TaskIndicator(models.Model):
    """What the task book demands for one indicator of the board; never below the application's."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    taskbook = models.ForeignKey(TaskBook, on_delete=models.PROTECT, related_name="indicators")
    indicator = models.ForeignKey("challenges.Indicator", on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["taskbook", "indicator"], name="task_indicator_once")]
        triggers = [
            DRAFT_ONLY,
            guard(
                "task_indicator_not_below",
                f"""
                IF EXISTS (SELECT 1 FROM challenges_indicator i
                    JOIN funding_taskbook t ON t.id = NEW.taskbook_id
                    JOIN funding_projectindicator p ON p.project_id = t.project_id AND p.indicator_id = i.id
                    WHERE i.id = NEW.indicator_id AND CASE i.comparator
                        WHEN '<=' THEN NEW.value > p.value WHEN '>=' THEN NEW.value < p.value
                        ELSE NEW.value <> p.value END) THEN
                    {raising("task_indicator_not_below", "an indicator of the task book is not below the application's")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return str(self.value)


class TaskMilestone(models.Model):
    """A milestone as the task book plans it: title, due day, what is delivered, and a measurable target."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    taskbook = models.ForeignKey(TaskBook, on_delete=models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=120)
    due_on = models.DateField(_("due"))
    deliverable = models.CharField(_("deliverable"), max_length=300)
    indicator = models.ForeignKey(
        "challenges.Indicator", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=6, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["taskbook", "position"], name="task_milestone_position_once"),
            models.CheckConstraint(
                condition=Q(indicator__isnull=True, target__isnull=True)
                | Q(indicator__isnull=False, target__isnull=False),
                name="task_milestone_target_names_its_indicator",
            ),
        ]
        triggers = [DRAFT_ONLY]

    def __str__(self) -> str:
        return self.title


class TaskInstalment(models.Model):
    """An instalment as the task book plans it: what triggers it, and how much at most."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    taskbook = models.ForeignKey(TaskBook, on_delete=models.PROTECT, related_name="instalments")
    position = models.PositiveSmallIntegerField()
    trigger = models.CharField(_("due for"), max_length=15)
    milestone_position = models.PositiveSmallIntegerField(null=True, blank=True)
    amount_fen = models.BigIntegerField(_("amount"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["taskbook", "position"], name="task_instalment_position_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="task_instalment_positive"),
        ]
        triggers = [
            DRAFT_ONLY,
            guard(
                "task_instalments_add_up",
                f"""
                IF (SELECT SUM(amount_fen) FROM funding_taskinstalment WHERE taskbook_id = NEW.taskbook_id)
                    IS DISTINCT FROM (SELECT p.award_fen FROM funding_project p
                        JOIN funding_taskbook t ON t.project_id = p.id WHERE t.id = NEW.taskbook_id) THEN
                    {raising("task_instalments_add_up", "the instalments of a task book add up to the award")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
                deferred=True,
            ),
        ]

    def __str__(self) -> str:
        return str(self.amount_fen)


class TaskParty(models.TextChoices):
    """The four parties of a task book."""

    POSTER = "poster", _("poster")
    BIDDER = "bidder", _("bidder")
    DISTRICT = "district", _("district")
    BUREAU = "bureau", _("bureau")


class TaskBookSignature(models.Model):
    """One party's signature under one digest of the task book; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    taskbook = models.ForeignKey(TaskBook, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=10, choices=TaskParty)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["taskbook", "party", "digest"], name="taskbook_signed_once_per_party"),
            models.UniqueConstraint(fields=["taskbook", "digest", "by"], name="taskbook_signed_by_four_people"),
        ]
        triggers = [
            guard(
                "taskbook_signature_of_the_text",
                f"""
                IF NOT EXISTS (SELECT 1 FROM funding_taskbook WHERE id = NEW.taskbook_id
                               AND state = 'signing' AND digest = NEW.digest) THEN
                    {raising("taskbook_signature_of_the_text", "a signature names the text that is being signed")}
                END IF;
                """,
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return self.party
