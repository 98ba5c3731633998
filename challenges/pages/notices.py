"""Pages of public notices."""

from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator

from challenges.models import NoticeKind, PublicNotice
from challenges.permissions.objecting import may_file_objection
from challenges.queries import needs, notices
from challenges.queries.money import money_of
from challenges.queries.notice_items import items_of
from portal.clock import portal_now
from portal.kernel.verdict import YES, Verdict
from portal.web import find, page

PAGE = 25


@page("challenges/notices.html", public=True)
def index(request):
    """All public notices, the running ones on top."""
    now = portal_now()
    rows = notices.listed(request.user, now=now)
    return {"now": now, "page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}


@page("challenges/notice.html", public=True)
def show(request, pk: UUID):
    """A public notice as everybody reads it."""
    now = portal_now()
    notice = find(notices.with_everything(request.user, now=now), pk=pk)
    if notice.kind == NoticeKind.AWARD:
        return awards(request, pk)
    need = notice.challenge
    return {
        "now": now,
        "notice": notice,
        "challenge": need,
        "terms": needs.class_of(need),
        "field": needs.field_of(need),
        "money": money_of(need),
        "may_object": _may_object(request.user, notice, now),
    }


@page("challenges/notice_items.html", public=True)
def awards(request, pk: UUID):
    """A public notice of proposed awards as everybody reads it."""
    now = portal_now()
    notice = find(notices.visible_to(request.user, now=now), pk=pk)
    things = items_of(notice)
    return {
        "now": now,
        "notice": notice,
        "things": things,
        "sum_fen": sum(each.amount_fen or 0 for each in things),
        "may_object": _may_object(request.user, notice, now),
    }


def _may_object(user, notice: PublicNotice, now: datetime) -> Verdict:
    """Whether the way to an objection is open; a visitor signs in on the way."""
    return may_file_objection(user, notice, now=now) if user.is_authenticated else YES
