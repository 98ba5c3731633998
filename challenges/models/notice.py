"""Public notices: what is shown to everybody for a number of working days before it takes effect."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from challenges.states import OBJECTION_FLOW, ObjectionState
from portal.guards import flow_guard, frozen, guard, raising


class NoticeKind(models.TextChoices):
    """What a public notice is about."""

    BOARD = "board", _("board to be published")
    AWARD = "award", _("proposed awards")


class PublicNotice(models.Model):
    """A notice (公示) from its first to its last working day, both counted.

    Of one challenge, or of proposed awards, which ``funding`` lists in a table of its own.
    ``ends_at`` is the first moment after the last day; ``ended_at`` is set by the job that ends it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    challenge = models.ForeignKey("challenges.Challenge", on_delete=models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    ends_at = models.DateTimeField()
    working_days = models.PositiveSmallIntegerField(_("working days"))
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="board", challenge__isnull=False) | Q(kind="award", challenge__isnull=True),
                name="notice_of_a_board_names_it",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="notice_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("ends_at")), name="notice_runs_its_full_time"
            ),
            models.UniqueConstraint(
                fields=["challenge", "kind"], condition=Q(ended_at__isnull=True), name="notice_one_running"
            ),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="notice_list")]
        triggers = [
            frozen("notice", ["challenge_id", "kind", "starts_on", "ends_on", "ends_at", "published_at"], once="TRUE"),
            frozen("notice_end", ["ended_at"], once="OLD.ended_at IS NOT NULL"),
            guard(
                "notice_ends_by_the_clock",
                f"""
                IF NEW.ended_at IS NOT NULL AND portal_now() < NEW.ends_at THEN
                    {raising("notice_ends_by_the_clock", "a public notice runs its full time")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts_on}–{self.ends_on}"


class Objection(models.Model):
    """A real-name objection to one item of a public notice; it freezes that item only.

    Who objects and why is encrypted: only those who handle it read it. ``item`` is the challenge
    or project objected to. Who decided on the item does not decide the objection.
    """

    flow = OBJECTION_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    item = models.UUIDField()
    state = models.CharField(max_length=10, choices=ObjectionState, default=ObjectionState.FILED)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    ciphertext = models.BinaryField()
    answer_due_on = models.DateField(_("answer due"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(_("reply"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "item", "filed_by"],
                condition=Q(state__in=["filed", "admitted"]),
                name="objection_one_open_per_person_and_item",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "admitted"]) | (Q(decided_by__isnull=False) & ~Q(reply="")),
                name="objection_decided_with_reply",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("filed_by")),
                name="objection_not_decided_by_its_filer",
            ),
        ]
        indexes = [models.Index(fields=["item", "state"], name="objection_of_item")]
        triggers = [
            flow_guard(OBJECTION_FLOW, "objection"),
            frozen("objection", ["notice_id", "item", "filed_by_id", "filed_at", "ciphertext"], once="TRUE"),
            guard(
                "objection_within_its_notice",
                f"""
                IF NOT EXISTS (SELECT 1 FROM challenges_publicnotice WHERE id = NEW.notice_id
                    AND ended_at IS NULL AND portal_now() < ends_at
                    AND portal_now() >= published_at AND NEW.filed_at < ends_at) THEN
                    {raising("objection_within_its_notice", "an objection is filed while the notice runs")}
                END IF;
                """,
                on=pgtrigger.Insert,
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)
