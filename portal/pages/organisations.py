"""Organisations: registered, corrected, verified."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import registering
from portal.clock import portal_now
from portal.forms import Form
from portal.kernel.verdict import require
from portal.pages.forms import OrganisationForm, ReasonForm
from portal.pages.organisation_tabs import tabs_of
from portal.permissions import (
    may_correct_organisation,
    may_register_organisation,
    may_verify_organisation,
)
from portal.queries import organisations
from portal.queries.events import last_words
from portal.web import Answer, find, page

PER_PAGE = 25


@page("portal/organisations.html")
def list_organisations(request: HttpRequest) -> Answer:
    """The organisations a person may know about; those that wait for verification first."""
    sought = request.GET.get("q", "").strip()
    found = organisations.visible_to(request.user)
    if sought:
        found = found.filter(name__icontains=sought) | found.filter(uscc=sought.upper())
    return {"page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")), "sought": sought}


@page("portal/organisation_form.html")
def register(request: HttpRequest) -> Answer:
    """Enter an organisation by its credit code."""
    require(may_register_organisation(request.user))
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        organisation = registering.register_organisation(**form.entered, by=request.user, now=portal_now())
        messages.success(request, _("%(name)s is entered. The bureau verifies it next.") % {"name": organisation.name})
        return redirect("organisation", pk=organisation.pk)
    return {"form": form}


@page("portal/organisation_form.html")
def correct(request: HttpRequest, pk: UUID) -> Answer:
    """Correct an entry that was returned."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    require(may_correct_organisation(request.user, organisation))
    entered = {name: getattr(organisation, name) for name in OrganisationForm.base_fields}
    form = OrganisationForm(request.POST or None, initial=entered)
    if form.is_valid():
        registering.correct_organisation(organisation.pk, **form.entered, by=request.user, now=portal_now())
        messages.success(request, _("The entry is corrected. The bureau looks at it again."))
        return redirect("organisation", pk=organisation.pk)
    return {"form": form, "organisation": organisation, "why": last_words(organisation, "organisation.returned")}


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
    """Return an entry with the reason."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        registering.return_organisation(organisation.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The entry of %(name)s is returned.") % {"name": organisation.name})
        return redirect("organisation", pk=organisation.pk)
    return _shown(request, pk, reason=form)


def _shown(request: HttpRequest, pk: UUID, *, reason: Form | None = None) -> dict:
    user = request.user
    organisation = find(organisations.visible_to(user), pk=pk)
    return {
        "organisation": organisation,
        "why": last_words(organisation, "organisation.returned"),
        "may_verify": may_verify_organisation(user, organisation),
        "may_correct": may_correct_organisation(user, organisation),
        "tabs": tabs_of(request, organisation),
        "reason_form": reason or ReasonForm(),
    }
