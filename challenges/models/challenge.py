"""The challenge: a need until it is published, a board after; its indicators and its vetting."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.models.programme import Call, Rules
from challenges.models.sources import sources_kept
from challenges.states import CHALLENGE_FLOW, ChallengeState
from portal.guards import flow_guard, frozen, guard, raising
from portal.models.organisation_merge import not_absorbed

LOOSE = [ChallengeState.DRAFT, ChallengeState.RETURNED, ChallengeState.WITHDRAWN]

CONTENT = [
    "title",
    "field",
    "background",
    "content",
    "scenario",
    "bidder_conditions",
    "ip_choice",
    "ip_terms",
    "months",
    "total_fen",
    "own_fen",
    "city_fen",
    "other_fen",
    "board_fen",
    "class_code",
    "rules_id",
    "cap_fen",
    "most_percent",
    "least_percent",
    "poster_id",
]


class IpChoice(models.TextChoices):
    """Who owns what comes out of the work."""

    POSTER = "poster", _("the poster owns the results")
    SHARED = "shared", _("shared: the poster owns the product, the bidder the method")
    BIDDER = "bidder", _("the bidder owns the results and licenses the poster")


class Challenge(models.Model):
    """What an enterprise needs and cannot solve alone, with its money, terms and deadlines.

    ``cap_fen``, ``most_percent`` and ``least_percent`` are copied from the class of its rules and
    held equal to them by a composite foreign key, so that the money rules are checks on one row.
    ``board_fen`` is the money on the board for the bidder; None means negotiable (面议).
    """

    flow = CHALLENGE_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="challenges")
    rules = models.ForeignKey(Rules, on_delete=models.PROTECT, related_name="challenges")
    class_code = models.CharField(_("class"), max_length=20)
    cap_fen = models.BigIntegerField()
    most_percent = models.DecimalField(max_digits=5, decimal_places=2)
    least_percent = models.DecimalField(max_digits=5, decimal_places=2)
    poster = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="challenges")
    state = models.CharField(max_length=20, choices=ChallengeState, default=ChallengeState.DRAFT)
    number = models.CharField(_("number"), max_length=60, unique=True, null=True, blank=True)

    title = models.CharField(_("title"), max_length=160)
    field = models.CharField(_("field of technology"), max_length=30, blank=True)
    background = models.TextField(_("what is difficult and why"), blank=True)
    content = models.TextField(_("research content"), blank=True)
    scenario = models.TextField(_("where it will be used"), blank=True)
    bidder_conditions = models.TextField(_("conditions for bidders"), blank=True)
    ip_choice = models.CharField(_("ownership of results"), max_length=10, choices=IpChoice, blank=True)
    ip_terms = models.TextField(_("terms on intellectual property"), blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    total_fen = models.BigIntegerField(_("total investment"), default=0)
    own_fen = models.BigIntegerField(_("own funds of the poster"), default=0)
    city_fen = models.BigIntegerField(_("requested from the city"), default=0)
    other_fen = models.BigIntegerField(_("other sources"), default=0)
    board_fen = models.BigIntegerField(_("money on the board for the bidder"), null=True, blank=True)
    declared_unclassified = models.BooleanField(_("contains nothing classified"), default=False)
    declared_commitment = models.BooleanField(_("self-check commitment"), default=False)

    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    pooled_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    opens_at = models.DateTimeField(_("bidding opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("bidding closes"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    evaluated_at = models.DateTimeField(null=True, blank=True)
    matched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total_fen__gte=0)
                & Q(own_fen__gte=0)
                & Q(city_fen__gte=0)
                & Q(other_fen__gte=0)
                & (Q(board_fen__isnull=True) | Q(board_fen__gt=0)),
                name="challenge_no_negative_money",
            ),
            *sources_kept("challenge", loose=LOOSE),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="challenge_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "closed", "opened", "evaluated", "matched"])
                | Q(number__isnull=False, opens_at__isnull=False, closes_at__isnull=False, published_at__isnull=False),
                name="challenge_board_has_number_and_deadline",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at", "-id"], condition=Q(published_at__isnull=False), name="board_list"),
            models.Index(fields=["state", "closes_at"], name="challenge_due"),
            models.Index(fields=["poster", "state"], name="challenge_of_poster"),
        ]
        triggers = [
            flow_guard(CHALLENGE_FLOW, "challenge"),
            guard(
                "challenge_not_of_an_absorbed_poster",
                not_absorbed("poster_id", "challenge_not_of_an_absorbed_poster"),
                on=pgtrigger.Insert,
            ),
            frozen("challenge", CONTENT, once="OLD.state NOT IN ('draft', 'returned')"),
            frozen("challenge_published", ["number", "opens_at", "published_at"], once="OLD.published_at IS NOT NULL"),
            guard(
                "challenge_deadline",
                f"""
                IF OLD.state = 'published' AND NEW.state = 'closed' AND portal_now() <= OLD.closes_at THEN
                    {raising("challenge_closed_by_the_clock", "a box closes after its deadline, not before")}
                END IF;
                IF NEW.state = 'published' AND OLD.state = 'pooled' AND EXISTS (
                    SELECT 1 FROM challenges_rules WHERE id = NEW.rules_id AND notice_before_publishing)
                    AND NOT EXISTS (SELECT 1 FROM challenges_publicnotice
                        WHERE challenge_id = NEW.id AND ended_at IS NOT NULL)
                THEN
                    {raising("challenge_published_after_its_notice", "the rules ask for a public notice first")}
                END IF;
                IF OLD.state IN ('published', 'closed', 'opened', 'evaluated', 'matched')
                    AND NEW.state <> 'pooled' AND NEW.closes_at IS DISTINCT FROM OLD.closes_at THEN
                    {raising("challenge_deadline_kept", "the deadline of a published board stands")}
                END IF;
                """,
                on=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Comparator(models.TextChoices):
    """How an offer compares with an indicator's value."""

    AT_MOST = "<=", "≤"
    AT_LEAST = ">=", "≥"
    EQUAL = "=", "="


class Indicator(models.Model):
    """A measurable requirement: value, unit and how it will be tested; frozen with its challenge."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("indicator"), max_length=80)
    comparator = models.CharField(_("comparison"), max_length=2, choices=Comparator)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    test_method = models.CharField(_("test method"), max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["challenge", "position"], name="indicator_position_once")]
        triggers = [
            guard(
                "indicator_frozen",
                f"""
                IF EXISTS (SELECT 1 FROM challenges_challenge WHERE id = COALESCE(NEW.challenge_id, OLD.challenge_id)
                           AND state NOT IN ('draft', 'returned')) THEN
                    {raising("indicator_frozen", "indicators of a submitted need may not change")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return self.name


class ChallengeFile(models.Model):
    """A file that belongs to a need and is shown with its board."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField("portal.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file_id)


class VettingStage(models.TextChoices):
    """Who vets a need."""

    DISTRICT = "district", _("district review")
    FORMAL = "formal", _("formal check")


class VettingOutcome(models.TextChoices):
    """What a vetting decided."""

    PASSED = "passed", _("passed")
    RETURNED = "returned", _("returned for correction")
    REJECTED = "rejected", _("rejected")


class Vetting(models.Model):
    """One decision on a need, with its reason; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="vettings")
    stage = models.CharField(max_length=10, choices=VettingStage)
    outcome = models.CharField(max_length=10, choices=VettingOutcome)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome="passed") | ~Q(reason=""), name="vetting_refusal_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.outcome}"
