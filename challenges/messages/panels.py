"""Who hears of a panel: the draw clerk, the experts, and the officer who convened it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.models import Assignment, Challenge, Panel
from challenges.queries.programming import programme_of
from challenges.queries.subjects import subject_of
from portal.models import Role
from portal.queries.people import holders_of
from portal.tell import Kind


def clerks(panel: Panel) -> Iterable[UUID]:
    """The draw clerks who may name its experts."""
    return holders_of(Role.DRAW_CLERK, programme_id=programme_of(panel)).exclude(user_id=panel.convened_by_id)


def clerks_and_convener(seat: Assignment) -> Iterable[UUID]:
    """Who has to know that a seat is free again."""
    return {*clerks(seat.panel), seat.panel.convened_by_id}


def convener(panel: Panel) -> Iterable[UUID]:
    """The officer who convened the panel."""
    return [panel.convened_by_id]


def expert(seat: Assignment) -> Iterable[UUID]:
    """The expert of the seat."""
    return [seat.expert_id]


def naming_page(panel: Panel) -> str:
    """Where the experts are named."""
    return reverse("panel-experts", args=[panel.pk])


def panel_page(panel: Panel) -> str:
    """The page of the panel."""
    return reverse(subject_of(panel).page, args=[panel.pk])


def of_panel(panel: Panel) -> Mapping[str, object]:
    """The number and title of what is reviewed, and by when the sheets are due."""
    subject = subject_of(panel)
    facts = {"number": subject.number, "title": subject.title}
    return {**facts, "size": panel.size, "due_at": panel.due_at.isoformat()}


def of_seat(seat: Assignment) -> Mapping[str, object]:
    """The board, the seat's number, and by when an answer and the sheets are due."""
    return {**of_panel(seat.panel), "seat": seat.seat, "answer_at": seat.answer_by.isoformat()}


def of_board(challenge: Challenge) -> Mapping[str, object]:
    """The board's number and title."""
    return {"number": challenge.number, "title": challenge.title}


PANEL_CONVENED = Kind("panel_convened", to=clerks, link=naming_page, facts=of_panel)
SEAT_OFFERED = Kind("seat_offered", to=expert, link=lambda seat: reverse("review", args=[seat.pk]), facts=of_seat)
SEAT_FREE = Kind("seat_free", to=clerks_and_convener, link=lambda seat: panel_page(seat.panel), facts=of_seat)
SEAT_EXPIRED = Kind("seat_expired", to=expert, link=lambda seat: reverse("reviews"), facts=of_seat)
PANEL_FILLED = Kind("panel_filled", to=convener, link=panel_page, facts=of_panel)
PANEL_COMPLETE = Kind("panel_complete", to=convener, link=panel_page, facts=of_panel)
