"""Which cases of boards are not finished."""

from uuid import UUID

from django.db.models import QuerySet

from challenges.models import Challenge
from challenges.queries.open_work import ENDED_NEEDS


def open_cases() -> QuerySet[UUID]:
    """The ids of challenges that are not matched, rejected or withdrawn."""
    return Challenge.objects.exclude(state__in=ENDED_NEEDS).values("pk")
