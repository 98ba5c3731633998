"""Who hears of a board that is published or withdrawn."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.messages.needs import named, need_page, poster_people
from challenges.messages.responsible import reviewers_of
from challenges.models import Challenge
from portal.tell import Kind


def board_page(challenge: Challenge) -> str:
    """The public page of the board."""
    return reverse("board", args=[challenge.pk])


def numbered(challenge: Challenge) -> Mapping[str, object]:
    """The board's number, title and deadline."""
    return {
        **named(challenge),
        "number": challenge.number,
        "opens_at": challenge.opens_at.isoformat(),
        "closes_at": challenge.closes_at.isoformat(),
    }


def everybody_of_a_case(challenge: Challenge) -> Iterable[UUID]:
    """The poster's people, and once it was submitted its district's reviewers."""
    people = set(poster_people(challenge))
    if challenge.submitted_at is not None:
        people |= set(reviewers_of(challenge))
    return people


BOARD_PUBLISHED = Kind("board_published", to=everybody_of_a_case, link=board_page, facts=numbered)
CHALLENGE_WITHDRAWN = Kind("challenge_withdrawn", to=everybody_of_a_case, link=need_page, facts=named)
