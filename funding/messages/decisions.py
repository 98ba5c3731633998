"""Who hears of notices of awards, of decisions, and of the plan."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.messages.responsible import heads_of
from challenges.models import PublicNotice
from challenges.queries.notices import programme_of_notice
from funding.models import Decision
from portal.models import Role
from portal.queries.people import holders_of
from portal.tell import Kind


def officers(notice: PublicNotice) -> Iterable[UUID]:
    """The officers of the programme whose awards are shown."""
    return holders_of(Role.OFFICER, programme_id=programme_of_notice(notice))


def confirmers(decision: Decision) -> Iterable[UUID]:
    """The division heads who may confirm: not the person that recorded it."""
    return heads_of(decision.round).exclude(user_id=decision.recorded_by_id)


def recorder(decision: Decision) -> Iterable[UUID]:
    """The officer who recorded the decision."""
    return [decision.recorded_by_id]


def of_notice(notice: PublicNotice) -> Mapping[str, object]:
    """The notice's days and how many awards it lists."""
    return {"starts_on": f"{notice.starts_on}", "ends_on": f"{notice.ends_on}", "count": notice.projects.count()}


def of_decision(decision: Decision) -> Mapping[str, object]:
    """The document number and the round."""
    return {"document_number": decision.document_number, "round": decision.round.title}


def decision_page(decision: Decision) -> str:
    """The page of the decision."""
    return reverse("decision", args=[decision.pk])


AWARD_NOTICE_ENDED = Kind(
    "award_notice_ended", to=officers, link=lambda notice: reverse("notice", args=[notice.pk]), facts=of_notice
)
DECISION_RECORDED = Kind("decision_recorded", to=confirmers, link=decision_page, facts=of_decision)
DECISION_CONFIRMED = Kind("decision_confirmed", to=recorder, link=decision_page, facts=of_decision)
