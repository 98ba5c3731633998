"""Words in the record that should not be there: found, proposed for destruction, destroyed by a second official."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.actions import destroying as actions
from portal.clock import portal_now
from portal.forms import Form, long_text
from portal.kernel.errors import NotFound
from portal.queries import destroying
from portal.queries.events import last_words
from portal.record import words_of
from portal.rights import may_confirm_destruction, may_read_words
from portal.web import Answer, find, page


class ReasonForm(Form):
    """Why words are to be destroyed."""

    why = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=long_text(rows=3),
        help_text=gettext_lazy("Say which kind of secret or personal data it is; do not repeat it."),
    )  # fmt: skip


@page("portal/words_found.html")
def index(request: HttpRequest) -> Answer:
    """Find words by the address of the page on which they stand, and what was proposed."""
    _readable(request)
    pasted = request.GET.get("about", "").strip()
    return {
        "now": portal_now(),
        "about": pasted,
        "events": destroying.found_by(request.user, pasted) if pasted else [],
        "proposals": destroying.proposals(request.user)[: destroying.SHOWN],
    }


@page("portal/words_of_event.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """The words of one event, and the way to have them destroyed."""
    _readable(request)
    now, event = portal_now(), find(destroying.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        actions.ask_destruction(event, why=form.cleaned_data["why"], by=request.user, now=now)
        messages.success(request, _("It is proposed. A second official decides."))
        return redirect("words-of-event", pk=event.pk)
    proposals = destroying.of_event(event)
    waiting = destroying.open_proposal(event)
    return {
        "now": now,
        "event": event,
        "is_there": hasattr(event, "text"),
        "words": words_of(event),
        "hash": destroying.hash_of(event),
        "proposals": [(each, last_words(each, "textdestruction.asked")) for each in proposals],
        "waiting": waiting,
        "verdict": may_confirm_destruction(request.user, waiting) if waiting else None,
        "form": form,
    }


@require_POST
@page("portal/words_of_event.html")
def destroy(request: HttpRequest, pk: UUID) -> Answer:
    """Destroy the words as the second official."""
    found = _proposal(request, pk)
    actions.destroy_words(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The words are destroyed. Their hash stays, so every proof still holds."))
    return redirect("words-of-event", pk=found.event_id)


@require_POST
@page("portal/words_of_event.html")
def keep(request: HttpRequest, pk: UUID) -> Answer:
    """Keep the words."""
    found = _proposal(request, pk)
    actions.keep_words(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The words are kept."))
    return redirect("words-of-event", pk=found.event_id)


def _proposal(request: HttpRequest, pk: UUID):
    _readable(request)
    return find(destroying.proposals(request.user), pk=pk)


def _readable(request: HttpRequest) -> None:
    if not may_read_words(request.user):
        raise NotFound()
