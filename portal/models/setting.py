"""Settings of the city: proposed with a first day, decided by a second person, never edited."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.guards import guard, raising


class Setting(models.Model):
    """A value proposed for a known setting from a day on; in force once a second person confirms it. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=60)
    value = models.JSONField()
    starts_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    why = models.CharField(max_length=300)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="setting_has_a_reason")]
        indexes = [models.Index(fields=["name", "-starts_on"], name="setting_by_name")]

    def __str__(self) -> str:
        return self.name


class SettingDecision(models.Model):
    """A second person confirms or declines a proposed value. Append-only."""

    setting = models.OneToOneField(Setting, on_delete=models.PROTECT, primary_key=True, related_name="decision")
    confirmed = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [
            guard(
                "setting_two_people",
                f"""
                IF EXISTS (SELECT 1 FROM portal_setting WHERE id = NEW.setting_id AND set_by_id = NEW.by_id) THEN
                    {raising("setting_two_people", "who proposes a setting does not confirm it")}
                END IF;
                """,
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return "confirmed" if self.confirmed else "declined"
