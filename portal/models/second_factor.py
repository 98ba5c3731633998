"""Who lost their second factor and which two officials gave them a new start."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.guards import guard, raising


class SecondFactorReset(models.Model):
    """One official asks that a person's second factor be removed, another confirms it; the reason is the event's."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="resets")
    event = models.OneToOneField("portal.Event", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("person")), name="reset_not_asked_for_oneself"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (~Q(confirmed_by=F("person")) & ~Q(confirmed_by=F("asked_by"))),
                name="reset_by_two_others",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="reset_confirmed_by_somebody_at_a_moment",
            ),
        ]
        triggers = [
            guard(
                "reset_decided_once",
                f"""IF OLD.confirmed_at IS NOT NULL OR ROW(OLD.person_id, OLD.event_id, OLD.asked_by_id, OLD.asked_at)
                IS DISTINCT FROM ROW(NEW.person_id, NEW.event_id, NEW.asked_by_id, NEW.asked_at) THEN
                {raising("reset_decided_once", "a reset is confirmed once and nothing else of it changes")} END IF;""",
                on=pgtrigger.Update,
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
