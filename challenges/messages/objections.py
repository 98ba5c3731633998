"""Who hears of an objection: discipline, and the objector; nobody learns from a message who objected."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from challenges.models import Objection
from challenges.queries.notice_items import items_of
from challenges.queries.notices import programme_of_notice
from portal.models import Role
from portal.queries.people import holders_of
from portal.tell import Kind


def discipline(objection: Objection) -> Iterable[UUID]:
    """Discipline inspection, but for an inspector who objected."""
    return holders_of(Role.DISCIPLINE, programme_id=programme_of_notice(objection.notice)).exclude(user_id=objection.filed_by_id)


def objector(objection: Objection) -> Iterable[UUID]:
    """Who objected."""
    return [objection.filed_by_id]


def officers(objection: Objection) -> Iterable[UUID]:
    """The officers, who go on with the item."""
    return holders_of(Role.OFFICER, programme_id=programme_of_notice(objection.notice))


def of_item(objection: Objection) -> Mapping[str, object]:
    """The title of the item, and when an answer is due."""
    title = next((item.title for item in items_of(objection.notice) if item.id == objection.item), "")
    return {"title": title, "due_on": f"{objection.answer_due_on}"}


def objection_page(objection: Objection) -> str:
    """The page of the objection."""
    return reverse("objection", args=[objection.pk])


def notice_page(objection: Objection) -> str:
    """The page of the notice."""
    return reverse("notice", args=[objection.notice_id])


OBJECTION_FILED = Kind("objection_filed", to=discipline, link=objection_page, facts=of_item)
ITEM_HELD = Kind("item_held", to=officers, link=notice_page, facts=of_item)
OBJECTION_ADMITTED = Kind("objection_admitted", to=objector, link=objection_page, facts=of_item)
OBJECTION_ANSWERED = Kind("objection_answered", to=objector, link=objection_page, facts=of_item)
ITEM_DECIDED = Kind("item_decided", to=officers, link=notice_page, facts=of_item)
