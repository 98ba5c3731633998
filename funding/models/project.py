"""The project: a signed pair that applies for city money, its money plan and its indicators."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from challenges.models.sources import sources_kept, times
from funding.states import PROJECT_FLOW, ProjectState
from portal.guards import flow_guard, frozen, guard, raising

LOOSE = ["draft", "returned"]
AWARDED = [str(state) for state in ProjectState.awarded()]
CONTENT = [
    "agreement_id",
    "round_id",
    "rules_id",
    "class_code",
    "cap_fen",
    "most_percent",
    "least_percent",
    "title",
    "lead_person",
    "months",
    "total_fen",
    "own_fen",
    "city_fen",
    "other_fen",
]


ROWS_FROZEN = guard(
    "project_rows_frozen",
    f"""
                IF EXISTS (SELECT 1 FROM funding_project WHERE id = COALESCE(NEW.project_id, OLD.project_id)
                           AND state NOT IN ('draft', 'returned')) THEN
                    {raising("project_rows_frozen", "a submitted application may not change")}
                END IF;
                """,
    on=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
)


class Project(models.Model):
    """What poster and bidder apply with: total, own funds and city money, under the round's rules.

    Cap and shares are copied from the class at filing and held equal to it by a composite foreign
    key. ``proposed_fen`` is what the bureau proposes, ``award_fen`` what the government approved.
    """

    flow = PROJECT_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    round = models.ForeignKey("funding.Round", on_delete=models.PROTECT, related_name="projects")
    rules = models.ForeignKey("challenges.Rules", on_delete=models.PROTECT, related_name="projects")
    agreement = models.ForeignKey("challenges.Agreement", on_delete=models.PROTECT, related_name="projects")
    challenge = models.ForeignKey("challenges.Challenge", on_delete=models.PROTECT, related_name="+")
    poster = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="projects")
    bidder = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="+")
    class_code = models.CharField(_("class"), max_length=20)
    cap_fen = models.BigIntegerField()
    most_percent = models.DecimalField(max_digits=5, decimal_places=2)
    least_percent = models.DecimalField(max_digits=5, decimal_places=2)
    state = models.CharField(max_length=20, choices=ProjectState, default=ProjectState.DRAFT)
    number = models.CharField(_("number"), max_length=60, unique=True, null=True, blank=True)

    title = models.CharField(_("title"), max_length=160)
    lead_person = models.CharField(_("project lead"), max_length=80, blank=True)
    labour_contract = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    total_fen = models.BigIntegerField(_("total investment"), default=0)
    own_fen = models.BigIntegerField(_("own funds of the poster"), default=0)
    city_fen = models.BigIntegerField(_("requested from the city"), default=0)
    other_fen = models.BigIntegerField(_("other sources"), default=0)
    proposed_fen = models.BigIntegerField(_("proposed award"), null=True, blank=True)
    award_fen = models.BigIntegerField(_("award"), null=True, blank=True)

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total_fen__gte=0) & Q(own_fen__gte=0) & Q(city_fen__gte=0) & Q(other_fen__gte=0),
                name="project_no_negative_money",
            ),
            *sources_kept("project", loose=LOOSE),
            models.CheckConstraint(
                condition=Q(proposed_fen__isnull=True) | Q(proposed_fen__gt=0, proposed_fen__lte=F("city_fen")),
                name="project_proposed_within_request",
            ),
            models.CheckConstraint(
                condition=Q(award_fen__isnull=True)
                | (
                    Q(award_fen__gt=0)
                    & Q(award_fen__lte=F("cap_fen"))
                    & Q(award_fen__lte=F("city_fen"))
                    & Q(LessThanOrEqual(times("award_fen", 100), times("total_fen", F("most_percent"))))
                ),
                name="project_award_within_cap_share_and_request",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AWARDED) | Q(award_fen__isnull=False, number__isnull=False),
                name="project_approved_with_award_and_number",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="project_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=~Q(state__in=["rejected", "not_funded", "given_up", "revoked", "terminated"]),
                name="project_one_live_per_agreement",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "state"], name="project_of_round"),
            models.Index(fields=["poster", "state"], name="project_of_poster"),
        ]
        triggers = [
            flow_guard(PROJECT_FLOW, "project"),
            frozen("project", CONTENT, once="OLD.state NOT IN ('draft', 'returned')"),
            frozen("project_award", ["award_fen", "number"], once="OLD.award_fen IS NOT NULL"),
            guard(
                "project_of_a_signed_agreement",
                f"""
                IF NOT EXISTS (SELECT 1 FROM challenges_agreement a
                    JOIN challenges_bid b ON b.id = a.bid_id JOIN challenges_challenge c ON c.id = b.challenge_id
                    WHERE a.id = NEW.agreement_id AND a.state IN ('signed', 'registered')
                    AND c.id = NEW.challenge_id AND c.poster_id = NEW.poster_id AND b.lead_id = NEW.bidder_id) THEN
                    {raising("project_of_a_signed_agreement", "a project rests on a signed agreement of its parties")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.UpdateOf("agreement_id", "challenge_id", "poster_id", "bidder_id"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProjectCost(models.Model):
    """One line of the money plan: what the total is spent on."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="costs")
    position = models.PositiveSmallIntegerField()
    purpose = models.CharField(_("purpose"), max_length=120)
    amount_fen = models.BigIntegerField(_("amount"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="project_cost_position_once"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="project_cost_positive"),
        ]
        triggers = [ROWS_FROZEN]

    def __str__(self) -> str:
        return self.purpose


class ProjectIndicator(models.Model):
    """What the application promises for one indicator of the board."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="indicators")
    indicator = models.ForeignKey("challenges.Indicator", on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "indicator"], name="project_indicator_once"),
        ]
        triggers = [ROWS_FROZEN]

    def __str__(self) -> str:
        return str(self.value)


class ProjectVetting(models.Model):
    """One decision of district or bureau on an application, with its reason; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="vettings")
    stage = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome="passed") | ~Q(reason=""), name="project_refusal_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.outcome}"


class ProjectCandidate(models.Model):
    """Which project a candidate of a panel stands for."""

    candidate = models.OneToOneField(
        "challenges.Candidate", on_delete=models.PROTECT, primary_key=True, related_name="of_project"
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="candidacies")

    def __str__(self) -> str:
        return str(self.project_id)


class NoticeProject(models.Model):
    """A project in a public notice of proposed awards, with the amount shown."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notice = models.ForeignKey("challenges.PublicNotice", on_delete=models.PROTECT, related_name="projects")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="notices")
    amount_fen = models.BigIntegerField(_("amount"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "project"], name="notice_project_once")]

    def __str__(self) -> str:
        return str(self.project_id)
