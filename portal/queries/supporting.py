"""Looks of support at a person's pages: asked for, agreed to, running, over."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from portal.models import SupportView
from portal.queries.acting import watches_over_roles
from portal.queries.settings import setting
from portal.states import SupportState

WAITING = (SupportState.ASKED, SupportState.AGREED)


def visible_to(user) -> QuerySet[SupportView]:
    """The looks that a person was asked for, or asked for themselves, the latest first."""
    own = Q(person_id=user.pk) | Q(supporter_id=user.pk)
    return SupportView.objects.filter(own).select_related("person", "supporter", "ended_by").order_by("-asked_at", "pk")


def watched_by(user) -> QuerySet[SupportView]:
    """Every look of support that was ever asked for, the latest first, for those who watch over roles; nobody else's list."""
    rows = SupportView.objects.all() if watches_over_roles(user) else SupportView.objects.none()
    return rows.select_related("person", "supporter", "ended_by").order_by("-asked_at", "pk")


def running(user, view_id: str | UUID, *, now: datetime) -> SupportView | None:
    """The look that this person of support has under way and whose minutes are not over."""
    rows = SupportView.objects.filter(supporter_id=user.pk, state=SupportState.OPEN, until_at__gt=now, person__is_active=True)
    try:
        return rows.select_related("person", "supporter").filter(pk=view_id).first()
    except (ValidationError, ValueError):
        return None


def lapsed(view: SupportView, *, now: datetime) -> bool:
    """Whether the hours to answer a request, or to begin after an agreement, are over."""
    since = view.answered_at if view.state == SupportState.AGREED else view.asked_at
    return now > since + timedelta(hours=setting("support_asks_hours"))


def overdue(now: datetime) -> QuerySet[SupportView]:
    """Looks whose minutes are over, and requests and agreements that were not used in time."""
    before = now - timedelta(hours=setting("support_asks_hours"))
    return SupportView.objects.filter(
        Q(state=SupportState.OPEN, until_at__lte=now)
        | Q(state=SupportState.ASKED, asked_at__lt=before)
        | Q(state=SupportState.AGREED, answered_at__lt=before)
    ).order_by("asked_at")
