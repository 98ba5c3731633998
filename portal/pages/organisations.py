"""Organisations: registered, corrected, verified."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.actions import correcting, naming_organisations, registering
from portal.actions.changing_entries import CHANGEABLE
from portal.clock import portal_now
from portal.forms import Form
from portal.kernel.verdict import require
from portal.pages import organisation_tabs
from portal.pages.forms import OrganisationForm
from portal.pages.organisation_forms import RemarksForm, WhyForm
from portal.pages.organisation_tabs import tabs_of
from portal.permissions import (
    may_correct_organisation,
    may_register_organisation,
    may_verify_organisation,
)
from portal.permissions_organisations import may_ask_change, may_decide_change, may_withdraw_change
from portal.queries import organisations
from portal.queries.corrections import answered_of, changes_of, marked_of
from portal.queries.events import last_words
from portal.queries.likeness import alike
from portal.queries.profiles import profile_of
from portal.web import Answer, find, page

PER_PAGE = 25
organisation_tabs.add(gettext_lazy("Entry"), "organisation", at=10)


@page("portal/organisations.html")
def list_organisations(request: HttpRequest) -> Answer:
    """The organisations a person may know about; those that wait for verification first."""
    sought = request.GET.get("q", "").strip()
    found = organisations.visible_to(request.user)
    if sought:
        found = found.filter(organisations.called(sought))
    return {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "sought": sought,
        "may_register": may_register_organisation(request.user),
    }


@page("portal/organisation_form.html")
def register(request: HttpRequest) -> Answer:
    """Enter an organisation by its credit code, once it is clear that it is not entered already."""
    require(may_register_organisation(request.user))
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        found = alike(name=form.entered["name"], uscc=form.entered["uscc"])
        if found and not any(each.same_code for each in found) and "none_of_these" not in request.POST:
            return {"form": form, "alike": found}
        organisation = registering.register_organisation(**form.entered, by=request.user, now=portal_now())
        messages.success(request, _("%(name)s is entered. The bureau verifies it next.") % {"name": organisation.name})
        return redirect("organisation", pk=organisation.pk)
    return {"form": form}


@require_POST
@page("portal/organisation_form.html")
def join(request: HttpRequest, pk: UUID) -> Answer:
    """Ask an organisation that is entered already to be let in; nobody learns who its administrators are."""
    naming_organisations.ask_to_join(pk, by=request.user, now=portal_now())
    messages.success(request, _("Its administrators have your message with your name and address. Wait for their invitation."))
    return redirect("organisations")


@page("portal/organisation_form.html")
def correct(request: HttpRequest, pk: UUID) -> Answer:
    """Correct an entry that was returned: the marked items only, where items were marked."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    require(may_correct_organisation(request.user, organisation))
    marked = marked_of(organisation)
    form = OrganisationForm(request.POST or None, organisation=organisation, only=[each.item.code for each in marked])
    if form.is_valid():
        correcting.correct_organisation(
            organisation.pk, **form.entered, answers=form.answers, by=request.user, now=portal_now()
        )
        messages.success(request, _("The entry is corrected. The bureau looks at it again."))
        return redirect("organisation", pk=organisation.pk)
    why = last_words(organisation, "organisation.returned")
    return {"form": form, "organisation": organisation, "why": why, "marked": marked}


@page("portal/organisation.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """An organisation: its entry, and where it stands."""
    return _shown(request, pk)


@require_POST
@page("portal/organisation.html")
def verify(request: HttpRequest, pk: UUID) -> Answer:
    """Verify an entry."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    registering.verify_organisation(organisation.pk, by=request.user, now=portal_now())
    messages.success(request, _("%(name)s is verified.") % {"name": organisation.name})
    return redirect("organisation", pk=organisation.pk)


@require_POST
@page("portal/organisation.html")
def return_entry(request: HttpRequest, pk: UUID) -> Answer:
    """Return an entry with a remark on each item that is wrong, or with words on the whole."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    form = RemarksForm(request.POST)
    if form.is_valid():
        correcting.return_organisation(
            organisation.pk, why=form.cleaned_data["why"], items=form.items, by=request.user, now=portal_now()
        )
        messages.success(request, _("The entry of %(name)s is returned.") % {"name": organisation.name})
        return redirect("organisation", pk=organisation.pk)
    return _shown(request, pk, reason=form)


def _shown(request: HttpRequest, pk: UUID, *, reason: Form | None = None) -> dict:
    user = request.user
    organisation = find(organisations.visible_to(user), pk=pk)
    may_ask = may_ask_change(user, organisation)
    return {
        "organisation": organisation,
        "profile": profile_of(organisation),
        "marked": marked_of(organisation),
        "answered": answered_of(organisation),
        "changes": [(each, may_decide_change(user, each.row), may_withdraw_change(user, each.row)) for each in changes_of(organisation)],
        "changeable": CHANGEABLE if may_ask else (),
        "why": last_words(organisation, "organisation.returned"),
        "may_verify": may_verify_organisation(user, organisation),
        "may_correct": may_correct_organisation(user, organisation),
        "tabs": tabs_of(request, organisation),
        "reason_form": reason or RemarksForm(),
        "why_form": WhyForm(),
    }
