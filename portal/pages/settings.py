"""The settings of the city: the list, one setting with its history, and its two acts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import setting as setting_actions
from portal.clock import china_date, portal_now
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.known_settings import BILINGUAL, KNOWN, SWITCH
from portal.models import Setting
from portal.pages.settings_forms import SettingForm
from portal.queries import setting_history as settings
from portal.rights import may_decide_setting, may_propose_setting, may_read_settings
from portal.web import Answer, find, page


@page("portal/settings.html")
def show_settings(request: HttpRequest) -> Answer:
    """Every setting, its value today, and what is proposed."""
    _readable(request)
    now = portal_now()
    return {"now": now, "groups": settings.rows(now)}


@page("portal/setting.html")
def show_setting(request: HttpRequest, name: str) -> Answer:
    """One setting: its value, the form to propose another, and its history."""
    _readable(request)
    known = KNOWN.get(name)
    if known is None:
        raise NotFound()
    now = portal_now()
    proposed = list(settings.history(name))
    row = settings.row_of(known, proposed, now)
    verdict = may_propose_setting(request.user)
    value = row.since.value if row.since else known.shipped
    form = SettingForm(request.POST or None, known=known, initial=_typed(known, value) | {"starts_on": china_date(now)})
    if request.method == "POST":
        require(verdict)
    if form.is_valid():
        setting_actions.propose_setting(name, **form.proposed, by=request.user, now=now)
        messages.success(request, _("The value is proposed. It waits for a second person."))
        return redirect("setting", name=name)
    history = [(each, settings.show(known, each.value), settings.decision_of(each)) for each in proposed]
    return {
        "now": now,
        "row": row,
        "form": form,
        "verdict": verdict,
        "history": history,
        "waiting_shown": settings.show(known, row.waiting.value) if row.waiting else "",
        "may_decide": may_decide_setting(request.user, row.waiting) if row.waiting else None,
    }


@require_POST
@page("portal/setting.html")
def confirm(request: HttpRequest, pk: UUID) -> Answer:
    """Confirm a proposed value."""
    return _decided(request, pk, setting_actions.confirm_setting, _("The value is confirmed."))


@require_POST
@page("portal/setting.html")
def decline(request: HttpRequest, pk: UUID) -> Answer:
    """Decline a proposed value."""
    return _decided(request, pk, setting_actions.decline_setting, _("The value is declined."))


def _decided(request: HttpRequest, pk: UUID, act, said: str) -> Answer:
    _readable(request)
    proposed = find(Setting.objects, pk=pk)
    act(proposed.pk, by=request.user, now=portal_now())
    messages.success(request, said)
    return redirect("setting", name=proposed.name)


def _readable(request: HttpRequest) -> None:
    """The settings are open to the bureau; to others this page does not exist."""
    if not may_read_settings(request.user):
        raise NotFound()


def _typed(known, value) -> dict[str, object]:
    """A value as it stands in the form."""
    if known.kind == BILINGUAL:
        return {"value": value["zh"], "value_en": value["en"]}
    return {"value": str(value).lower() if known.kind == SWITCH else value}
