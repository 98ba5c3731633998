"""Support views: somebody of support looks at a person's pages for some minutes, and can do nothing there."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.guards import flow_guard, frozen, guard, raising
from portal.states import SUPPORT_FLOW, SupportState

OF_SUPPORT = f"""
    IF NEW.state IN ('asked', 'open') AND NOT EXISTS (
            SELECT 1 FROM portal_grant WHERE user_id = NEW.supporter_id AND role = 'support' AND ended_at IS NULL
            AND starts_on <= (portal_now() AT TIME ZONE 'Asia/Shanghai')::date
            AND (ends_on IS NULL OR ends_on >= (portal_now() AT TIME ZONE 'Asia/Shanghai')::date)) THEN
        {raising("supportview_of_support", "only people of support look at the pages of others")}
    END IF;
"""


class SupportView(models.Model):
    """One look at a person's pages: by whom, why, the person's answer, from when, until when at the latest."""

    flow = SUPPORT_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    supporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="support_views")
    reason = models.CharField(_("reason"), max_length=400)
    state = models.CharField(max_length=20, choices=SupportState, default=SupportState.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(supporter=F("person")), name="supportview_of_somebody_else"),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True, until_at__isnull=True) | Q(until_at__gt=F("started_at")),
                name="supportview_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(started_at__isnull=True) | Q(answered_at__lte=F("started_at")), name="supportview_agreed_before"
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(started_at__isnull=False, until_at__isnull=False, answered_at__isnull=False),
                name="supportview_open_from_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(started_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="supportview_ended_after_it_began",
            ),
            models.UniqueConstraint(fields=["supporter"], condition=Q(state="open"), name="supportview_one_at_a_time"),
            models.UniqueConstraint(
                fields=["supporter", "person"],
                condition=Q(state__in=["asked", "agreed", "open"]),
                name="supportview_asked_once",
            ),
        ]
        triggers = [
            flow_guard(SUPPORT_FLOW, "supportview"),
            guard("supportview_of_support", OF_SUPPORT, on=pgtrigger.Insert | pgtrigger.Update),
            frozen("supportview", ["supporter_id", "person_id", "reason", "asked_at"], once="true"),
            frozen("supportview_answer", ["answered_at"], once="OLD.state <> 'asked'"),
            frozen("supportview_start", ["started_at", "until_at"], once="OLD.state <> 'agreed'"),
            frozen("supportview_end", ["ended_at", "ended_by_id"], once="OLD.ended_at IS NOT NULL"),
        ]

    def __str__(self) -> str:
        return f"{self.supporter} → {self.person}"
