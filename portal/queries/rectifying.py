"""Requests to correct one's own data: what a person asked, and what was answered. Both stand in the record."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from portal.models import Event, User
from portal.record import words_of

ASKED, ANSWERED = "user.correction_asked", "user.correction_answered"


@dataclass(frozen=True)
class Request:
    """One request: who asks for what, and the answer where there is one."""

    id: UUID
    person: User
    at: datetime
    words: str
    answer: str = ""
    answered_by: User | None = None
    answered_at: datetime | None = None


def asked(user_ids: Iterable[UUID] | None = None) -> QuerySet[Event]:
    """The requests of these people, or of everybody, the newest first."""
    rows = Event.objects.filter(kind=ASKED).select_related("by", "text").order_by("-at", "pk")
    return rows if user_ids is None else rows.filter(subject_id__in=list(user_ids))


def with_answers(requests: Iterable[Event]) -> list[Request]:
    """Requests with their answers, in the order given."""
    events = list(requests)
    answers = Event.objects.filter(kind=ANSWERED, subject_id__in={event.subject_id for event in events}).select_related("by", "text")
    by_request = {_request_of(answer): answer for answer in answers}
    return [_request(event, by_request.get(str(event.pk))) for event in events]


def is_answered(request: Event) -> bool:
    """Whether a request has its answer."""
    answers = Event.objects.filter(kind=ANSWERED, subject_id=request.subject_id)
    return any(_request_of(answer) == str(request.pk) for answer in answers)


def _request(event: Event, answer: Event | None) -> Request:
    found = {"answer": words_of(answer), "answered_by": answer.by, "answered_at": answer.at} if answer else {}
    return Request(event.pk, event.by, event.at, words_of(event), **found)


def _request_of(answer: Event) -> str:
    return json.loads(answer.body)["facts"].get("request", "")
