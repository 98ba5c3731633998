"""Support views: somebody of support looks at a person's pages for some minutes, and can do nothing there."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.guards import frozen


class SupportView(models.Model):
    """One look at a person's pages: by whom, why, from when, until when at the latest."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    supporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="support_views")
    reason = models.CharField(_("reason"), max_length=400)
    started_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(supporter=F("person")), name="supportview_of_somebody_else"),
            models.CheckConstraint(condition=Q(until_at__gt=F("started_at")), name="supportview_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="supportview_ended_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["supporter"], condition=Q(ended_at__isnull=True), name="supportview_one_at_a_time"
            ),
        ]
        triggers = [
            frozen("supportview", ["supporter_id", "person_id", "reason", "started_at", "until_at"], once="true"),
            frozen("supportview_end", ["ended_at"], once="OLD.ended_at IS NOT NULL"),
        ]

    def __str__(self) -> str:
        return f"{self.supporter} → {self.person}"
