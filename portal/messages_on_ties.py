"""Who hears what about ties that organisations declare of people."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from portal.models import Affiliation, Role, TieQuestion
from portal.queries.people import accounts_of, holders_of, members_of
from portal.tell import Kind


def settlers_of(question: TieQuestion) -> Iterable[UUID]:
    """Officers and division heads who neither are the person, nor declared it, nor act for the organisation."""
    apart = accounts_of(question.person_id) | {question.affiliation.entered_by_id} | set(members_of(question.organisation_id))
    return (set(holders_of(Role.OFFICER)) | set(holders_of(Role.DIVISION_HEAD))) - apart


def _settlers_of_tie(affiliation: Affiliation) -> Iterable[UUID]:
    return {person for question in affiliation.questions.all() for person in settlers_of(question)}


def _first(affiliation: Affiliation) -> TieQuestion:
    return affiliation.questions.order_by("asked_at", "pk")[0]


def _declared_by(question: TieQuestion) -> dict[str, str]:
    return {"name": question.organisation.name}


def _to_the_person(code: str) -> Kind:
    """A message to whom the tie is about, leading to their own page."""
    return Kind(code, to=lambda question: [question.person_id], link=lambda question: reverse("own-ties"), facts=_declared_by)


TIE_ASKED = _to_the_person("tie_asked")
TIE_UNANSWERED = _to_the_person("tie_unanswered")
TIE_SETTLED = _to_the_person("tie_settled")
TIE_DENIED = Kind(
    "tie_denied",
    to=settlers_of,
    link=lambda question: reverse("declared-tie", args=[question.pk]),
    facts=_declared_by,
)
TIE_TAKEN_BACK = Kind(
    "tie_taken_back",
    to=_settlers_of_tie,
    link=lambda affiliation: reverse("declared-tie", args=[_first(affiliation).pk]),
    facts=lambda affiliation: _declared_by(_first(affiliation)),
)
