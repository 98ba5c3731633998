"""Who hears what happens to a need before it is published."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.messages.responsible import officers_of, reviewers_of
from challenges.models import Challenge, PublicNotice
from portal.queries.people import acting_for
from portal.tell import Kind


def poster_people(challenge: Challenge) -> Iterable[UUID]:
    """Everybody who acts for the poster."""
    return acting_for(challenge.poster_id)


def district_reviewers(challenge: Challenge) -> Iterable[UUID]:
    """The reviewers of the poster's district."""
    return reviewers_of(challenge)


def officers(challenge: Challenge) -> Iterable[UUID]:
    """The officers of the bureau."""
    return officers_of(challenge)


def need_page(challenge: Challenge) -> str:
    """The page of the need."""
    return reverse("need", args=[challenge.pk])


def named(challenge: Challenge) -> Mapping[str, object]:
    """The need's title and its poster's name."""
    return {"title": challenge.title, "poster": challenge.poster.name}


def notice_named(notice: PublicNotice) -> Mapping[str, object]:
    """The notice's title, poster and days."""
    return {**named(notice.challenge), "starts_on": f"{notice.starts_on}", "ends_on": f"{notice.ends_on}"}


NEED_SUBMITTED = Kind("need_submitted", to=district_reviewers, link=need_page, facts=named)
NEED_RECOMMENDED = Kind("need_recommended", to=officers, link=need_page, facts=named)
NEED_RETURNED = Kind("need_returned", to=poster_people, link=need_page, facts=named)
NEED_REJECTED = Kind("need_rejected", to=poster_people, link=need_page, facts=named)
NEED_POOLED = Kind("need_pooled", to=poster_people, link=need_page, facts=named)
NOTICE_GIVEN = Kind(
    "notice_given",
    to=lambda notice: poster_people(notice.challenge),
    link=lambda notice: reverse("notice", args=[notice.pk]),
    facts=notice_named,
)
NOTICE_ENDED = Kind(
    "notice_ended",
    to=lambda notice: officers(notice.challenge),
    link=lambda notice: need_page(notice.challenge),
    facts=notice_named,
)
