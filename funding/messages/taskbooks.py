"""Who hears of a task book: the four parties, and those who have yet to sign."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.messages.responsible import heads_of
from challenges.queries.programming import programme_of
from funding.models import TaskBook, TaskParty
from portal.models import MemberRole, Role
from portal.queries.people import acting_for, holders_of
from portal.tell import Kind


def signers(taskbook: TaskBook) -> Iterable[UUID]:
    """The people who may sign for the parties that have not signed yet."""
    signed = set(taskbook.signatures.filter(digest=taskbook.digest).values_list("party", flat=True))
    return {person for party, people in _people(taskbook).items() if party not in signed for person in people}


def all_parties(taskbook: TaskBook) -> Iterable[UUID]:
    """Everybody of the four parties."""
    organisations = {*acting_for(taskbook.project.poster_id), *acting_for(taskbook.project.bidder_id)}
    return organisations.union(*_people(taskbook).values())


def poster_people(taskbook: TaskBook) -> Iterable[UUID]:
    """Everybody who acts for the poster."""
    return acting_for(taskbook.project.poster_id)


def taskbook_page(taskbook: TaskBook) -> str:
    """The page of the task book."""
    return reverse("taskbook", args=[taskbook.pk])


def of_taskbook(taskbook: TaskBook) -> Mapping[str, object]:
    """The project's title and number, and by when it has to be signed."""
    project = taskbook.project
    return {"title": project.title, "number": project.number or "", "due_at": taskbook.due_at.isoformat()}


def _people(taskbook: TaskBook) -> dict[str, set[UUID]]:
    project = taskbook.project
    return {
        TaskParty.POSTER: set(acting_for(project.poster_id, MemberRole.ADMINISTRATOR)),
        TaskParty.BIDDER: set(acting_for(project.bidder_id, MemberRole.ADMINISTRATOR)),
        TaskParty.DISTRICT: set(holders_of(Role.DISTRICT, project.poster.district_id, programme_of(project))),
        TaskParty.BUREAU: set(heads_of(project)),
    }


TASKBOOK_TO_SIGN = Kind("taskbook_to_sign", to=signers, link=taskbook_page, facts=of_taskbook)
TASKBOOK_HALF_SIGNED = Kind("taskbook_half_signed", to=signers, link=taskbook_page, facts=of_taskbook)
TASKBOOK_BACK = Kind("taskbook_back", to=poster_people, link=taskbook_page, facts=of_taskbook)
PROJECT_UNDER_WAY = Kind("project_under_way", to=all_parties, link=taskbook_page, facts=of_taskbook)
