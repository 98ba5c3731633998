"""Pages of objections: filing one, the list, and its answer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from challenges.actions import objecting
from challenges.forms.objections import ADMIT, REFUSE, UPHOLD, AnswerForm, ObjectionForm
from challenges.permissions.looking import may_look_at_objector
from challenges.permissions.objecting import may_admit_objection, may_decide_objection, may_file_objection
from challenges.queries import notices, objections
from challenges.queries.notice_items import items_of
from challenges.states import ObjectionState
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.web import find, page

PAGE = 25


@page("challenges/objection_file.html")
def file(request, pk: UUID):
    """Object to an item of a public notice."""
    now = portal_now()
    notice = find(notices.visible_to(request.user, now=now).select_related("challenge__poster"), pk=pk)
    require(may_file_objection(request.user, notice, now=now))
    objected = objections.items_objected_to(request.user, notice)
    items = [each for each in items_of(notice) if each.id not in objected]
    form = ObjectionForm(request.POST or None, items=items, initial={"name": request.user.name})
    if form.is_valid():
        typed = dict(form.cleaned_data)
        objection = objecting.file_objection(pk, UUID(typed.pop("item")), **typed, by=request.user, now=now)
        messages.success(request, _("Your objection is filed. You are answered by the day shown."))
        return redirect("objection", pk=objection.pk)
    return {"now": now, "notice": notice, "form": form}


@page("challenges/objections.html")
def index(request):
    """Objections this person may read."""
    rows = objections.listed(objections.visible_to(request.user))
    return {"now": portal_now(), "page": Paginator(rows, PAGE).get_page(request.GET.get("page"))}


@page("challenges/objection.html")
def show(request, pk: UUID):
    """An objection with what was written; taking it up, refusing it, deciding it."""
    now = portal_now()
    objection = find(objections.visible_to(request.user), pk=pk)
    filed = objection.state == ObjectionState.FILED
    verdict = (may_admit_objection if filed else may_decide_objection)(request.user, objection)
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        require(verdict)
    if form.is_valid():
        _answer(pk, form.cleaned_data, by=request.user, now=now)
        messages.success(request, _("Your decision is recorded."))
        return redirect("objection", pk=pk)
    return {
        "now": now,
        "objection": objection,
        "statement": objections.statement_of(objection),
        "may_look": may_look_at_objector(request.user, objection),
        "thing": next((each for each in items_of(objection.notice) if each.id == objection.item), None),
        "form": form,
        "verdict": verdict,
        "filed": filed,
        "open": objection.state in ObjectionState.open(),
    }


def _answer(pk: UUID, typed: dict, *, by, now) -> None:
    outcome, reply = typed["outcome"], typed["reply"]
    if outcome == ADMIT:
        objecting.admit_objection(pk, by=by, now=now)
    elif outcome == REFUSE:
        objecting.refuse_objection(pk, reply=reply, by=by, now=now)
    else:
        objecting.decide_objection(pk, upheld=outcome == UPHOLD, reply=reply, by=by, now=now)
