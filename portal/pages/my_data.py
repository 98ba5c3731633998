"""Pages of one's own data: what is held, how to correct it, who looked at it, and a copy to take away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.actions import exporting
from portal.clock import portal_now
from portal.pages.looks import word_of
from portal.permissions_personal import may_export
from portal.queries import looks, own_data, rectifying
from portal.queries.people import accounts_of
from portal.web import Answer, find, give_file, page

NEWEST = 5


@never_cache
@page("portal/my_data.html")
def show(request: HttpRequest) -> Answer:
    """Everything the portal holds about oneself, by the lines of the register."""
    now, person = portal_now(), request.user
    return {
        "now": now,
        "parts": own_data.parts_of(person),
        "looks": [(each, word_of(each)) for each in looks.at_mine(person)[:NEWEST]],
        "exports": own_data.exports_kept(person, now),
        "requests": rectifying.with_answers(rectifying.asked(accounts_of(person.pk))[:NEWEST]),
        "may_export": may_export(person),
    }


@require_POST
@page("portal/my_data.html")
def ask_export(request: HttpRequest) -> Answer:
    """Ask for a copy of one's own data."""
    exporting.ask_export(by=request.user, now=portal_now())
    messages.success(request, _("The copy is being made. A message says when it is ready."))
    return redirect("my-data")


@never_cache
@page("portal/my_data.html")
def take_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Fetch a copy of one's own data; it is written down."""
    export = find(own_data.exports_of(request.user), pk=pk)
    return give_file(exporting.take_export(export.pk, by=request.user, now=portal_now()))
