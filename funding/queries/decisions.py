"""Decisions made outside the portal, for the bureau and finance."""

from django.db.models import QuerySet

from funding.models import Decision
from funding.queries.reach import of_officials
from funding.states import ProjectState

DECIDABLE = [ProjectState.REVIEWED, ProjectState.PROPOSED, ProjectState.IN_NOTICE]
"""States of the projects that a decision may name."""


def visible_to(user) -> QuerySet[Decision]:
    """Decisions this person may know about; start every page and API read here."""
    rows = Decision.objects.select_related("round__appropriation", "recorded_by", "confirmed_by", "scan")
    return rows.filter(of_officials(user, "round__"))
