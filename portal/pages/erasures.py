"""To be forgotten: a person's own request, and the requests that the bureau decides on."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.actions import erasing as actions
from portal.clock import portal_now
from portal.faces import Check
from portal.forms import Form, long_text
from portal.kernel.errors import NotFound
from portal.models import Erasure
from portal.queries import erasing
from portal.queries.events import last_words
from portal.rights import may_ask_erasure, may_decide_erasure, may_read_erasures
from portal.states import ErasureState
from portal.web import Answer, find, page


class DeclineForm(Form):
    """Why somebody is not forgotten."""

    why = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=long_text(rows=3),
        help_text=gettext_lazy("The person reads it; it stands in the record."),
    )  # fmt: skip


@page("portal/own_erasure.html")
def mine(request: HttpRequest) -> Answer:
    """What being forgotten means, what is still open, and the person's own request."""
    now, person = portal_now(), request.user
    if request.method == "POST":
        actions.ask_erasure(by=person, now=now)
        messages.success(request, _("Your request is in. A division head or leader of the bureau decides on it."))
        return redirect("own-erasure")
    last = erasing.visible_to(person).filter(person=person).order_by("-asked_at").first()
    return {
        "now": now,
        "request_": last,
        "waits": last is not None and last.state == ErasureState.ASKED,
        "why": _why(last),
        "checks": _checks(person, now, person),
        "verdict": may_ask_erasure(person),
    }


@require_POST
@page("portal/own_erasure.html")
def withdraw(request: HttpRequest) -> Answer:
    """Take one's own request back."""
    found = erasing.open_request_of(request.user)
    if found is None:
        raise NotFound()
    actions.withdraw_erasure(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("Your request is withdrawn. Your account stays as it is."))
    return redirect("own-erasure")


@page("portal/erasures.html")
def index(request: HttpRequest) -> Answer:
    """Requests to be forgotten, what waits first."""
    _readable(request)
    rows = erasing.visible_to(request.user)
    waiting = [row for row in rows if row.state == ErasureState.ASKED]
    decided = sorted((row for row in rows if row.state != ErasureState.ASKED), key=lambda row: row.asked_at, reverse=True)
    return {"now": portal_now(), "waiting": waiting, "decided": decided}


@page("portal/erasure.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """One request: what stands in its way, and the decision."""
    return _shown(request, pk, DeclineForm())


@require_POST
@page("portal/erasure.html")
def carry_out(request: HttpRequest, pk: UUID) -> Answer:
    """Forget the person."""
    _readable(request)
    found = find(erasing.visible_to(request.user), pk=pk)
    actions.carry_out_erasure(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The person is forgotten. What they did stays under a number."))
    return redirect("erasure", pk=found.pk)


@page("portal/erasure.html")
def decline(request: HttpRequest, pk: UUID) -> Answer:
    """Decline with a reason."""
    form = DeclineForm(request.POST or None)
    answer = _shown(request, pk, form)
    if form.is_valid():
        actions.decline_erasure(pk, why=form.cleaned_data["why"], by=request.user, now=portal_now())
        messages.success(request, _("The request is declined. The person reads the reason."))
        return redirect("erasure", pk=pk)
    return answer


def _shown(request: HttpRequest, pk: UUID, form: DeclineForm) -> dict:
    _readable(request)
    now, found = portal_now(), find(erasing.visible_to(request.user), pk=pk)
    waits = found.state == ErasureState.ASKED
    checks = _checks(found.person, now, request.user) if waits else []
    return {
        "now": now,
        "erasure": found,
        "waits": waits,
        "checks": checks,
        "is_free": not any(check.state == "missing" for check in checks),
        "why": _why(found),
        "verdict": may_decide_erasure(request.user, found),
        "form": form,
    }


def _readable(request: HttpRequest) -> None:
    if not may_read_erasures(request.user):
        raise NotFound()


def _checks(person, now, to) -> list[Check]:
    found = erasing.obstacles(person, now=now, to=to)
    if not found:
        return [Check(_("Nothing is open"))]
    return [Check(each.what, "missing", each.remedy, url=each.url, act=_("Open") if each.url else "") for each in found]


def _why(found: Erasure | None) -> str:
    return last_words(found, "erasure.declined") if found and found.state == ErasureState.DECLINED else ""
