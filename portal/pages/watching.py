"""All delegations and all looks of support, for those who watch over roles."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.clock import china_date, portal_now
from portal.faces import Tab
from portal.kernel.verdict import require
from portal.permissions_acting import may_watch_over_roles
from portal.queries import acting, supporting
from portal.web import Answer, page

PER_PAGE = 50


@page("portal/all_delegations.html")
def delegations(request: HttpRequest) -> Answer:
    """Who lent which power to whom, for which days, and whether it still holds."""
    return _listed(request, "all-delegations", acting.watched_by(request.user))


@page("portal/all_support_views.html")
def support_views(request: HttpRequest) -> Answer:
    """Who of support asked to look at whose pages, why, and when they looked."""
    return _listed(request, "all-support-views", supporting.watched_by(request.user))


def _listed(request: HttpRequest, name: str, rows: QuerySet) -> Answer:
    require(may_watch_over_roles(request.user))
    now = portal_now()
    words = {"all-delegations": _("Delegations"), "all-support-views": _("Looks by support")}
    return {
        "now": now,
        "today": china_date(now),
        "tabs": [Tab(word, reverse(each), current=each == name) for each, word in words.items()],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
