"""Panels: experts, candidates, seats and sheets, the same for every kind of review."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.models.conflict import MIGHT_COUNT, NO_CONFLICT, conflict
from challenges.states import ASSIGNMENT_FLOW, SHEET_FLOW, AssignmentState, SheetState
from portal.guards import flow_guard, frozen, guard, raising


class Expert(models.Model):
    """A person in the expert pool: class, fields and employer."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, primary_key=True, related_name="expert"
    )
    employer = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="+")
    expert_class = models.CharField(_("class"), max_length=20)
    title = models.CharField(_("title"), max_length=60, blank=True)
    fields = ArrayField(models.CharField(max_length=30), default=list, verbose_name=_("fields"))
    in_pool = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.user)


class PanelPurpose(models.TextChoices):
    """What a panel is convened for."""

    BID_REVIEW = "bid_review", _("review of bids")
    PROJECT_REVIEW = "project_review", _("review of project applications")


class Panel(models.Model):
    """Experts who score the same candidates on one rubric; ``locked_at`` ends the scoring.

    Who convened it may not name its experts (duties that may not meet).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    purpose = models.CharField(max_length=20, choices=PanelPurpose)
    rubric = models.ForeignKey("challenges.Rubric", on_delete=models.PROTECT, related_name="panels")
    rules = models.ForeignKey("challenges.Rules", on_delete=models.PROTECT, related_name="panels")
    size = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    convened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    convened_at = models.DateTimeField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(named_by__isnull=True) | ~Q(named_by=F("convened_by")), name="panel_named_by_another"
            ),
            models.CheckConstraint(condition=Q(size__gte=3), name="panel_of_at_least_three"),
        ]
        triggers = [
            frozen("panel_convened", ["convened_by_id", "convened_at", "purpose"], once="TRUE"),
            frozen("panel_lock", ["locked_at", "rubric_id", "rules_id", "size"], once="OLD.locked_at IS NOT NULL"),
            guard(
                "panel_locked_without_conflict",
                "IF NEW.locked_at IS NOT NULL AND OLD.locked_at IS NULL THEN"
                + conflict(
                    "NEW.id",
                    "a.panel_id = NEW.id AND a.state = 'accepted'",
                    raising("panel_locked_without_conflict", "scores are locked once no conflict and no declared tie stands or waits"),
                    MIGHT_COUNT,
                )
                + "END IF;",
                on=pgtrigger.UpdateOf("locked_at"),
                declare=[("years", "INTEGER"), ("flag", "NUMERIC")],
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Candidate(models.Model):
    """What a panel scores, with its title and documents as they were when the panel was convened."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="candidates")
    label = models.CharField(max_length=4)
    title = models.CharField(max_length=160)
    documents = models.JSONField(default=dict)

    class Meta:
        ordering = ["label"]
        constraints = [models.UniqueConstraint(fields=["panel", "label"], name="candidate_label_once")]

    def __str__(self) -> str:
        return self.label


class BidCandidate(models.Model):
    """Which bid a candidate stands for."""

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, primary_key=True, related_name="of_bid")
    bid = models.ForeignKey("challenges.Bid", on_delete=models.PROTECT, related_name="candidacies")

    def __str__(self) -> str:
        return str(self.bid_id)


class CandidateParty(models.Model):
    """An organisation or person whose case a candidate is; the ground of conflicts of interest."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    part = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | Q(user__isnull=False), name="party_is_somebody"
            )
        ]
        triggers = [
            guard(
                "party_without_conflict",
                "SELECT panel_id INTO seat FROM challenges_candidate WHERE id = NEW.candidate_id;"
                + conflict("seat", "y.id = NEW.id", NO_CONFLICT),
                on=pgtrigger.Insert,
                deferred=True,
                declare=[("years", "INTEGER"), ("flag", "NUMERIC"), ("seat", "UUID")],
            )
        ]

    def __str__(self) -> str:
        return self.part


class Assignment(models.Model):
    """An expert's seat on a panel; the database refuses one who belongs to a party of a candidate."""

    flow = ASSIGNMENT_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="assignments")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="assignments")
    seat = models.PositiveSmallIntegerField()
    expert_class = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.INVITED)
    invited_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["seat"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "expert"], name="assignment_once"),
            models.UniqueConstraint(fields=["panel", "seat"], name="assignment_seat_once"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(declared_at__isnull=False),
                name="assignment_accepted_with_declaration",
            ),
        ]
        triggers = [
            flow_guard(ASSIGNMENT_FLOW, "assignment"),
            guard(
                "assignment_without_conflict",
                conflict("NEW.panel_id", "a.id = NEW.id", NO_CONFLICT),
                on=pgtrigger.Insert | pgtrigger.Update,
                deferred=True,
                declare=[("years", "INTEGER"), ("flag", "NUMERIC")],
            ),
            guard(
                "assignment_without_waiting_tie",
                conflict(
                    "NEW.panel_id",
                    "a.id = NEW.id",
                    raising("assignment_without_waiting_tie", "no seat is offered while a declared tie of the expert waits"),
                    MIGHT_COUNT,
                ),
                on=pgtrigger.Insert,
                deferred=True,
                declare=[("years", "INTEGER"), ("flag", "NUMERIC")],
            ),
        ]

    def __str__(self) -> str:
        return str(self.seat)


class Sheet(models.Model):
    """One expert's scores for one candidate; unchangeable once handed in.

    ``total`` is the exact sum of the points, ``digest`` the SHA-256 of the canonical sheet.
    """

    flow = SHEET_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="sheets")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="sheets")
    state = models.CharField(max_length=10, choices=SheetState, default=SheetState.DRAFT)
    comment = models.TextField(_("comment"), blank=True)
    total = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    digest = models.CharField(max_length=64, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "candidate"], name="sheet_once"),
            models.CheckConstraint(
                condition=~Q(state="submitted") | (Q(total__gte=0) & Q(total__lte=100) & ~Q(digest="")),
                name="sheet_submitted_with_total",
            ),
        ]
        triggers = [
            flow_guard(SHEET_FLOW, "sheet"),
            frozen(
                "sheet",
                ["assignment_id", "candidate_id", "comment", "total", "digest", "submitted_at"],
                once="OLD.state IN ('submitted', 'set_aside')",
            ),
            guard(
                "sheet_of_an_accepted_seat",
                f"""
                IF NOT EXISTS (SELECT 1 FROM challenges_assignment a
                    JOIN challenges_candidate k ON k.panel_id = a.panel_id
                    JOIN challenges_panel p ON p.id = a.panel_id
                    WHERE a.id = NEW.assignment_id AND k.id = NEW.candidate_id AND a.state = 'accepted'
                    AND p.locked_at IS NULL) THEN
                    {raising("sheet_of_an_accepted_seat", "no sheet without an accepted seat on an unlocked panel")}
                END IF;
                """,
                on=pgtrigger.Insert,
            ),
            guard(
                "sheet_without_conflict",
                "IF NEW.state = 'submitted' AND OLD.state <> 'submitted' THEN"
                + conflict(
                    "(SELECT panel_id FROM challenges_assignment WHERE id = NEW.assignment_id)",
                    "a.id = NEW.assignment_id",
                    raising("sheet_without_conflict", "an expert in conflict hands in no scores"),
                )
                + "END IF;",
                on=pgtrigger.UpdateOf("state"),
                declare=[("years", "INTEGER"), ("flag", "NUMERIC")],
            ),
            guard(
                "sheet_total_is_its_sum",
                f"""
                IF NEW.state = 'submitted' AND OLD.state <> 'submitted' AND (
                    NEW.total IS DISTINCT FROM (SELECT SUM(points) FROM challenges_sheetpoint WHERE sheet_id = NEW.id)
                    OR EXISTS (SELECT 1 FROM challenges_criterion c
                        JOIN challenges_panel p ON p.rubric_id = c.rubric_id
                        JOIN challenges_assignment a ON a.panel_id = p.id
                        WHERE a.id = NEW.assignment_id AND NOT EXISTS (SELECT 1 FROM challenges_sheetpoint t
                            WHERE t.sheet_id = NEW.id AND t.criterion_id = c.id AND t.points IS NOT NULL)))
                THEN
                    {raising("sheet_total_is_its_sum", "a sheet scores every criterion and its total is their sum")}
                END IF;
                """,
                on=pgtrigger.UpdateOf("state"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SheetPoint(models.Model):
    """The points and words of one sheet for one criterion, from 0 to the criterion's weight.

    ``points`` is None while a draft has words only.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="points")
    criterion = models.ForeignKey("challenges.Criterion", on_delete=models.PROTECT, related_name="+")
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="point_once_per_criterion")]
        triggers = [
            guard(
                "point_within_its_criterion",
                f"""
                IF NOT EXISTS (SELECT 1 FROM challenges_sheet s
                    JOIN challenges_assignment a ON a.id = s.assignment_id
                    JOIN challenges_panel p ON p.id = a.panel_id
                    JOIN challenges_criterion c ON c.rubric_id = p.rubric_id
                    WHERE s.id = NEW.sheet_id AND c.id = NEW.criterion_id
                    AND COALESCE(NEW.points, 0) >= 0 AND COALESCE(NEW.points, 0) <= c.weight_percent) THEN
                    {raising("point_within_its_criterion", "points lie between 0 and the weight of their criterion")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
            ),
            guard(
                "point_of_an_open_sheet",
                f"""
                IF EXISTS (SELECT 1 FROM challenges_sheet WHERE id = COALESCE(NEW.sheet_id, OLD.sheet_id)
                           AND state IN ('submitted', 'set_aside')) THEN
                    {raising("point_of_an_open_sheet", "a sheet that was handed in does not change")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return str(self.points)


class Score(models.Model):
    """A candidate's official score and rank, made once when the panel is locked; append-only.

    ``sheets`` counts the valid sheets; ``dropped`` lists the two sheets that the mean leaves out.
    """

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, primary_key=True, related_name="score")
    official = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    plain_mean = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    technical = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    sheets = models.PositiveSmallIntegerField()
    dropped = ArrayField(models.UUIDField(), default=list)
    rank = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    tied = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.official)
