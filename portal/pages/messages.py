"""A person's messages."""

from uuid import UUID

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import reading
from portal.clock import portal_now
from portal.delivery import words
from portal.queries import messages
from portal.web import Answer, find, page

PER_PAGE = 25


@page("portal/messages.html")
def list_messages(request: HttpRequest) -> Answer:
    """The inbox, the newest first, in the words of the present language."""
    found = Paginator(messages.visible_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    shown = [(message, *words(message, get_language() or "zh-hans")) for message in found]
    return {"page": found, "shown": shown, "unread_count": messages.unread(request.user)}


@page("portal/messages.html")
def open_message(request: HttpRequest, pk: UUID) -> Answer:
    """Note that a message was opened, and go where it leads."""
    message = find(messages.visible_to(request.user), pk=pk)
    return redirect(reading.read_message(message.pk, by=request.user, now=portal_now()).link)


@require_POST
@page("portal/messages.html")
def read_all(request: HttpRequest) -> Answer:
    """Note that all messages were seen."""
    reading.read_all(by=request.user, now=portal_now())
    notes.success(request, _("All messages are marked as read."))
    return redirect("messages")
