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


def _named(affiliation: Affiliation) -> dict[str, str]:
    return {"name": affiliation.questions.order_by("asked_at", "pk")[0].organisation.name}


TIE_ASKED = Kind(
    "tie_asked",
    to=lambda question: [question.person_id],
    link=lambda question: reverse("own-ties"),
    facts=lambda question: {"name": question.organisation.name},
)
TIE_UNANSWERED = Kind(
    "tie_unanswered",
    to=lambda question: [question.person_id],
    link=lambda question: reverse("own-ties"),
    facts=lambda question: {"name": question.organisation.name},
)
TIE_DENIED = Kind(
    "tie_denied",
    to=settlers_of,
    link=lambda question: reverse("declared-tie", args=[question.pk]),
    facts=lambda question: {"name": question.organisation.name},
)
TIE_SETTLED = Kind(
    "tie_settled",
    to=lambda question: [question.person_id],
    link=lambda question: reverse("own-ties"),
    facts=lambda question: {"name": question.organisation.name},
)
TIE_TAKEN_BACK = Kind(
    "tie_taken_back",
    to=_settlers_of_tie,
    link=lambda affiliation: reverse("declared-tie", args=[affiliation.questions.order_by("asked_at", "pk")[0].pk]),
    facts=_named,
)
