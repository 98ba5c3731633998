"""Who hears what happens to an application for city money."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.messages.responsible import officers_of
from challenges.queries.programming import programme_of
from funding.models import Project
from portal.models import Role
from portal.queries.people import acting_for, holders_of
from portal.tell import Kind


def poster_people(project: Project) -> Iterable[UUID]:
    """Everybody who acts for the poster."""
    return acting_for(project.poster_id)


def both_sides(project: Project) -> Iterable[UUID]:
    """Everybody who acts for the poster or the bidder."""
    return {*acting_for(project.poster_id), *acting_for(project.bidder_id)}


def district_reviewers(project: Project) -> Iterable[UUID]:
    """The reviewers of the poster's district."""
    return holders_of(Role.DISTRICT, project.poster.district_id, programme_of(project))


def officers(project: Project) -> Iterable[UUID]:
    """The officers of the bureau."""
    return officers_of(project)


def everybody(project: Project) -> Iterable[UUID]:
    """Both sides, the district and the officers: money goes back."""
    return {*both_sides(project), *district_reviewers(project), *officers(project)}


def project_page(project: Project) -> str:
    """The page of the project."""
    return reverse("project", args=[project.pk])


def named(project: Project) -> Mapping[str, object]:
    """The project's title, number and poster."""
    return {
        "title": project.title,
        "number": project.number or "",
        "poster": project.poster.name,
        "award_fen": project.award_fen or project.proposed_fen or 0,
    }


PROJECT_SUBMITTED = Kind("project_submitted", to=district_reviewers, link=project_page, facts=named)
PROJECT_RECOMMENDED = Kind("project_recommended", to=officers, link=project_page, facts=named)
PROJECT_RETURNED = Kind("project_returned", to=poster_people, link=project_page, facts=named)
PROJECT_REJECTED = Kind("project_rejected", to=both_sides, link=project_page, facts=named)
PROJECT_CHECKED = Kind("project_checked", to=poster_people, link=project_page, facts=named)
PROJECT_REVIEWED = Kind("project_reviewed", to=poster_people, link=project_page, facts=named)
PROJECT_PROPOSED = Kind("project_proposed", to=poster_people, link=project_page, facts=named)
PROJECT_NOT_FUNDED = Kind("project_not_funded", to=both_sides, link=project_page, facts=named)
PROJECT_IN_NOTICE = Kind("project_in_notice", to=both_sides, link=project_page, facts=named)
PROJECT_APPROVED = Kind("project_approved", to=both_sides, link=project_page, facts=named)
AWARD_GIVEN_UP = Kind("award_given_up", to=everybody, link=project_page, facts=named)
AWARD_LAPSED = Kind("award_lapsed", to=everybody, link=project_page, facts=named)
