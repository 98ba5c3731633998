"""Changes of verified items: asked for by the organisation, decided by the bureau."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import changing_entries
from portal.clock import portal_now
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.pages.organisation_forms import ChangeForm, WhyForm, upload_of
from portal.permissions_organisations import may_ask_change
from portal.profile_items import ITEMS
from portal.queries import organisations
from portal.queries.profiles import entry_value, profile_of
from portal.web import Answer, find, page


@page("portal/organisation_change.html")
def ask(request: HttpRequest, pk: UUID, item: str) -> Answer:
    """Ask to change one verified item."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    if item not in changing_entries.CHANGEABLE:
        raise NotFound()
    require(may_ask_change(request.user, organisation))
    initial = {} if item == "parent" else {"new": entry_value(organisation, item)}
    form = ChangeForm(request.POST or None, request.FILES or None, item=ITEMS[item], initial=initial)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("new", "since", "why")}
        changing_entries.ask_change(
            organisation.pk, item=item, **given, file=upload_of(form), by=request.user, now=portal_now()
        )
        messages.success(request, _("The bureau is asked. Until it confirms, the old value stands."))
        return redirect("organisation", pk=pk)
    known = profile_of(organisation).facts[item, None]
    return {"organisation": organisation, "form": form, "item": ITEMS[item], "known": known}


@require_POST
@page("portal/organisation_change_decide.html")
def decide(request: HttpRequest, pk: UUID, change: UUID) -> Answer:
    """Confirm or refuse a change, or take it back; the button says which."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    found, act = find(organisation.changes, pk=change), request.POST.get("act")
    by, now = request.user, portal_now()
    if act == "confirm":
        changing_entries.confirm_change(found.pk, by=by, now=now)
        messages.success(request, _("The change is confirmed; the new value stands."))
        return redirect("organisation", pk=pk)
    if act == "withdraw":
        changing_entries.withdraw_change(found.pk, by=by, now=now)
        messages.success(request, _("The request is taken back."))
        return redirect("organisation", pk=pk)
    form = WhyForm(request.POST)
    if form.is_valid():
        changing_entries.refuse_change(found.pk, **form.cleaned_data, by=by, now=now)
        messages.success(request, _("The change is not confirmed; the organisation reads the reason."))
        return redirect("organisation", pk=pk)
    return {"organisation": organisation, "change": found, "form": form}
