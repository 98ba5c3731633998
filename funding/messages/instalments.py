"""Who hears of claims: the officers when one waits, poster and finance when it is checked."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.messages.responsible import officers_of
from challenges.queries.programming import programme_of
from funding.models import Instalment, Project
from portal.models import MemberRole, Role
from portal.queries.people import acting_for, holders_of
from portal.tell import Kind

WRITERS = (MemberRole.ADMINISTRATOR, MemberRole.EDITOR)


def named(project: Project) -> Mapping[str, object]:
    """The project's number and title."""
    return {"number": project.number, "title": project.title}


def poster_writers(instalment: Instalment) -> Iterable[UUID]:
    """Editors and administrators of the poster."""
    return acting_for(instalment.project.poster_id, *WRITERS)


def preparers(instalment: Instalment) -> Iterable[UUID]:
    """Who prepares the payments of its programme."""
    return holders_of(Role.PREPARER, programme_id=programme_of(instalment.project))


def poster_and_preparers(instalment: Instalment) -> Iterable[UUID]:
    """The poster's people, and who prepares payments."""
    return {*poster_writers(instalment), *preparers(instalment)}


def instalment_page(instalment: Instalment) -> str:
    """The page of the instalment."""
    return reverse("instalment", args=[instalment.pk])


def of_instalment(instalment: Instalment) -> Mapping[str, object]:
    """The project, which instalment it is, and how much may be paid."""
    return {
        **named(instalment.project),
        "position": instalment.position,
        "planned_fen": instalment.planned_fen,
        "payable_fen": instalment.payable_fen,
    }


INSTALMENT_CLAIMED = Kind(
    "instalment_claimed", to=lambda instalment: officers_of(instalment.project), link=instalment_page, facts=of_instalment
)
CLAIM_VERIFIED = Kind("claim_verified", to=poster_and_preparers, link=instalment_page, facts=of_instalment)
CLAIM_RETURNED = Kind("claim_returned", to=poster_writers, link=instalment_page, facts=of_instalment)
INSTALMENT_HELD = Kind("instalment_held", to=poster_writers, link=instalment_page, facts=of_instalment)
INSTALMENT_RELEASED = Kind("instalment_released", to=poster_writers, link=instalment_page, facts=of_instalment)
CLAIM_DUE = Kind("claim_due", to=poster_writers, link=instalment_page, facts=of_instalment)
