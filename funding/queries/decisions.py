"""Decisions made outside the portal, for the bureau and finance."""

from django.db.models import QuerySet

from funding.models import Decision
from funding.queries.projects import FINANCE
from funding.states import ProjectState
from portal.permissions import holds, reads_cases

DECIDABLE = [ProjectState.REVIEWED, ProjectState.PROPOSED, ProjectState.IN_NOTICE]
"""States of the projects that a decision may name."""


def visible_to(user) -> QuerySet[Decision]:
    """Decisions this person may know about; start every page and API read here."""
    rows = Decision.objects.select_related("round__appropriation", "recorded_by", "confirmed_by", "scan")
    return rows if reads_cases(user) or holds(user, *FINANCE) else rows.none()
