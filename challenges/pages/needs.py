"""Pages of needs: the list, one need, starting, writing, submitting; and the files of needs and boards."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from challenges.actions import drafting
from challenges.forms.needs import IndicatorRows, NeedForm, StartForm, need_initial
from challenges.models import Challenge
from challenges.permissions.drafting import may_save_need, may_start_need, may_submit_need
from challenges.permissions.publicising import may_give_notice
from challenges.permissions.publishing import may_publish_board, may_withdraw_challenge
from challenges.permissions.vetting import STAGE_OF, may_return_need
from challenges.queries import needs, notices
from challenges.queries.changes import differences
from challenges.queries.checks import checks_of, is_ready
from challenges.queries.looks_after import looks_after
from challenges.queries.money import money_of
from challenges.queries.stages import stages_of, standing_of
from challenges.states import ChallengeState
from portal import vault
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.models import User
from portal.permissions import is_member, reads_cases
from portal.queries.profiles import profile_of
from portal.web import find, page, uuid_of

PAGE = 25
FILTERS = ("state", "class", "district", "q")


@page("challenges/needs.html")
def index(request):
    """Needs this person may know of, with filters; those that wait for them in a tab of their own."""
    now = portal_now()
    waiting = request.GET.get("view") == "waiting"
    wanted = {name: request.GET.get(name, "").strip() for name in FILTERS}
    rows = needs.chosen(needs.listed(request.user), wanted)
    if waiting:
        rows = rows.filter(needs.waiting_for(request.user))
    return {
        "now": now,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "waiting": waiting,
        "wanted": wanted,
        "filtered": any(wanted.values()),
        "states": ChallengeState.choices,
        "classes": needs.class_words(),
        "districts": needs.districts() if reads_cases(request.user) else (),
        "may_write": needs.may_write(request.user),
    }


@page("challenges/need.html")
def show(request, pk: UUID):
    """A need as its poster, its district and the bureau see it."""
    need = find(needs.with_everything(request.user), pk=pk)
    return need_context(need, request.user, portal_now())


def need_context(need: Challenge, user: User, now: datetime) -> dict:
    """What the page of a need shows, also while a decision on it is being typed."""
    notice = notices.last_of(need)
    terms = needs.class_of(need)
    writing = need.state in ChallengeState.editable() and is_member(user, need.poster_id)
    checks = checks_of(needs.filled_in(need), terms) if writing else []
    return {
        "now": now,
        "challenge": need,
        "terms": terms,
        "field": needs.field_of(need),
        "money": money_of(need),
        "stages": stages_of(need, notice and notice.ends_on),
        "standing": standing_of(need, notice, now=now),
        "notice": notice,
        "looks_after": looks_after(need.pk, need, need.poster_id, user=user),
        "vettings": list(need.vettings.select_related("by").order_by("-at")),
        "withdrawal": needs.words_of_withdrawal(need),
        "writing": writing,
        "checks": checks,
        "ready": is_ready(checks),
        "may_save": may_save_need(user, need),
        "may_submit": may_submit_need(user, need, now=now),
        "may_decide": may_return_need(user, need) if need.state in STAGE_OF else None,
        "stage": STAGE_OF.get(need.state, ""),
        "may_notice": may_give_notice(user, need),
        "may_publish": may_publish_board(user, need),
        "may_withdraw": may_withdraw_challenge(user, need),
    }


@page("challenges/need_start.html")
def start(request):
    """Begin a need: in which call, for which organisation, of which class, under which title."""
    now = portal_now()
    calls, posters = list(needs.open_calls(now=now)), list(needs.posters_of(request.user))
    asked = request.GET.get("call")
    call = next((each for each in calls if asked and each.pk == uuid_of(asked)), calls[0] if len(calls) == 1 else None)
    context = {"now": now, "calls": calls, "call": call, "posters": posters}
    if call is None or not posters:
        return context
    form = StartForm(request.POST or None, call=call, posters=posters)
    if form.is_valid():
        wanted = form.cleaned_data
        need = drafting.start_need(
            call.pk, UUID(wanted["poster_id"]), class_code=wanted["class_code"], title=wanted["title"],
            by=request.user, now=now,
        )  # fmt: skip
        return redirect("need-edit", pk=need.pk)
    return {**context, "form": form, "verdict": may_start_need(request.user, call, posters[0], now=now)}


@page("challenges/need_edit.html")
def edit(request, pk: UUID):
    """Write a need; a save over somebody else's is shown beside what was typed, and not made."""
    now = portal_now()
    need = find(needs.with_everything(request.user), pk=pk)
    require(may_save_need(request.user, need))
    terms = needs.class_of(need)
    form = NeedForm(request.POST or None, request.FILES or None, initial=need_initial(need), rules=need.rules, terms=terms)
    rows = IndicatorRows(request.POST or None, prefix="indicators", initial=needs.indicator_rows(need))
    if form.is_valid() and rows.is_valid():
        _keep(request, need, form, rows, now)
        return redirect("need-submit" if request.POST.get("step") == "submit" else "need-edit", pk=pk)
    typed = _typed(form, rows)
    return {
        "now": now,
        "challenge": need,
        "profile": profile_of(need.poster),
        "form": form,
        "rows": rows,
        "checks": checks_of({**needs.filled_in(need), **typed}, terms),
        "saved": needs.last_saved(need),
        "clashing": _clashing(request, need, typed),
        "may_submit": may_submit_need(request.user, need, now=now),
    }


@page("challenges/parts/need_checks.html")
@require_POST
def checks(request, pk: UUID):
    """What is met and what is missing in a need as it is being typed; nothing is saved."""
    need = find(needs.with_everything(request.user), pk=pk)
    require(may_save_need(request.user, need))
    terms = needs.class_of(need)
    form = NeedForm(request.POST, rules=need.rules, terms=terms)
    rows = IndicatorRows(request.POST, prefix="indicators")
    return {"checks": checks_of({**needs.filled_in(need), **_typed(form, rows)}, terms)}


@page("challenges/need_submit.html")
def submit(request, pk: UUID):
    """Look at the need once more as it will appear, and hand it in."""
    now = portal_now()
    need = find(needs.with_everything(request.user), pk=pk)
    require(may_save_need(request.user, need))
    if request.method == "POST":
        drafting.submit_need(need.pk, by=request.user, now=now)
        messages.success(request, _("The need is submitted. Your district reviews it now."))
        return redirect("need", pk=pk)
    return need_context(need, request.user, now)


@page("challenges/need.html", public=True)
def file(request, pk: UUID) -> HttpResponse:
    """A file of a need or board, to be saved; its kind is the one found in its bytes."""
    kept = find(needs.visible_files(request.user), pk=pk).file
    response = HttpResponse(vault.read(kept), content_type=kept.kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, kept.name) or "attachment"
    return response


def _keep(request, need: Challenge, form: NeedForm, rows: IndicatorRows, now: datetime) -> None:
    """Save the text first, then the file that was chosen or is to go, so that nothing typed hangs on a file."""
    drafting.save_need(
        need.pk, fields=form.columns, indicators=rows.filled, version=form.cleaned_data["version"],
        by=request.user, now=now,
    )  # fmt: skip
    if upload := form.cleaned_data.get("file"):
        drafting.attach_file(need.pk, name=upload.name, content=upload.read(), by=request.user, now=now)
    if gone := request.POST.get("remove"):
        drafting.remove_file(uuid_of(gone), by=request.user, now=now)
    messages.success(request, _("The draft is saved."))


def _typed(form: NeedForm, rows: IndicatorRows) -> dict[str, object]:
    """What is in the form and can be read; nothing where the form was only opened."""
    if not form.is_bound:
        return {}
    form.full_clean()
    rows.full_clean()
    typed = {name: value for name, value in form.columns.items() if name in needs.FIELDS}
    read = [getattr(row, "cleaned_data", {}) for row in rows.forms]
    typed["indicators"] = [row for row in read if row.get("name") and not row.get("DELETE")]
    return typed


def _clashing(request, need: Challenge, typed: dict) -> list:
    """What differs, where somebody saved the need after this form was opened."""
    if not typed or request.POST.get("version") == str(need.version):
        return []
    rows = [row for row in typed["indicators"] if "value" in row and "name" in row and "test_method" in row]
    return differences(need, {name: value for name, value in typed.items() if name != "indicators"}, rows)
