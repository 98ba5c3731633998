"""Public notices: what is shown to everybody for a number of working days before it takes effect."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.guards import frozen, guard, raising


class NoticeKind(models.TextChoices):
    """What a public notice is about."""

    BOARD = "board", _("board to be published")


class PublicNotice(models.Model):
    """A notice (公示) of one challenge from its first to its last working day, both counted.

    ``ends_at`` is the first moment after the last day; ``ended_at`` is set by the job that ends it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    challenge = models.ForeignKey("challenges.Challenge", on_delete=models.PROTECT, related_name="notices")
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
