"""Who hears of milestones: the officers when one is reported, both sides when it is decided or due."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.messages.responsible import officers_of
from funding.messages.instalments import WRITERS, named
from funding.models import Milestone
from portal.queries.people import acting_for
from portal.tell import Kind


def both_sides(milestone: Milestone) -> Iterable[UUID]:
    """Who writes for poster and bidder."""
    project = milestone.project
    return {*acting_for(project.poster_id, *WRITERS), *acting_for(project.bidder_id, *WRITERS)}


def milestone_page(milestone: Milestone) -> str:
    """The page of the milestone."""
    return reverse("milestone", args=[milestone.pk])


def of_milestone(milestone: Milestone) -> Mapping[str, object]:
    """The project, the milestone and its day."""
    return {
        **named(milestone.project),
        "position": milestone.position,
        "milestone": milestone.title,
        "due_on": milestone.due_on.isoformat(),
    }


MILESTONE_REPORTED = Kind(
    "milestone_reported", to=lambda milestone: officers_of(milestone.project), link=milestone_page, facts=of_milestone
)
MILESTONE_ACCEPTED = Kind("milestone_accepted", to=both_sides, link=milestone_page, facts=of_milestone)
MILESTONE_RETURNED = Kind("milestone_returned", to=both_sides, link=milestone_page, facts=of_milestone)
MILESTONE_DUE = Kind("milestone_due", to=both_sides, link=milestone_page, facts=of_milestone)
