"""Work promised together with a change: jobs to run, and answers already given to a repeated request."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.guards import guard, raising


class OutboxJob(models.Model):
    """A job that was promised in a transaction; it is published after the commit and done at least once."""

    task = models.CharField(max_length=100)
    arguments = models.JSONField(default=list)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(done_at__isnull=True), name="outbox_open")]

    def __str__(self) -> str:
        return self.task


class IdempotentAnswer(models.Model):
    """The answer given to a request that named an Idempotency-Key; the same key and body get it again."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    route = models.CharField(max_length=120)
    key = models.CharField(max_length=80)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "route", "key"], name="idempotent_key_once")]
        triggers = [
            guard(
                "idempotent_answer_kept_a_day",
                f"""
                IF OLD.created_at > portal_now() - interval '1 day' THEN
                    {raising("idempotent_answer_kept_a_day", "an answer is kept for a day, so that a request can be repeated")}
                END IF;
                """,
                on=pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return self.key


class PortalClock(models.Model):
    """Only on a rehearsal or demo portal: the moment, or the shift, that stands for now."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    fixed_at = models.DateTimeField(null=True)
    shift = models.DurationField(null=True)

    class Meta:
        db_table = "portal_clock"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="clock_is_one_row")]

    def __str__(self) -> str:
        return str(self.fixed_at or self.shift)


class Demo(models.Model):
    """The mark of a demo portal, written into an empty database by ``seed_demo`` and nothing else."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.CharField(max_length=10)
    seeded_at = models.DateTimeField()
    complete = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="demo_is_one_row")]

    def __str__(self) -> str:
        return self.size
