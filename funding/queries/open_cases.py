"""Which cases of city money are not finished."""

from uuid import UUID

from django.db.models import QuerySet

from funding.models import Project
from funding.states import PROJECT_FLOW


def open_cases() -> QuerySet[UUID]:
    """The challenges of projects that are not archived, rejected or otherwise at their end."""
    return Project.objects.filter(challenge__isnull=False).exclude(state__in=PROJECT_FLOW.final).values("challenge_id")
