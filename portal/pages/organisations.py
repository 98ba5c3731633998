"""Organisations: registered, corrected, verified, and who acts for them."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import membership, registering
from portal.clock import portal_now
from portal.forms import Form
from portal.kernel.verdict import require
from portal.pages.forms import MemberForm, OrganisationForm, ReasonForm
from portal.permissions import (
    may_correct_organisation,
    may_manage_members,
    may_register_organisation,
    may_see_members,
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
    """An organisation: its entry, where it stands, and who acts for it."""
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


@require_POST
@page("portal/organisation.html")
def add_member(request: HttpRequest, pk: UUID) -> Answer:
    """Let a colleague act for the organisation."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    form = MemberForm(request.POST)
    if form.is_valid():
        added = membership.add_member(organisation.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("%(name)s now acts for the organisation.") % {"name": added.user.name})
        return redirect("organisation", pk=organisation.pk)
    return _shown(request, pk, member=form)


@require_POST
@page("portal/organisation.html")
def end_member(request: HttpRequest, pk: UUID, member: UUID) -> Answer:
    """Let somebody act for the organisation no longer."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    ended = membership.end_membership(find(organisation.memberships, pk=member).pk, by=request.user, now=portal_now())
    messages.success(request, _("%(name)s acts for the organisation no longer.") % {"name": ended.user.name})
    return redirect("organisation", pk=organisation.pk)


def _shown(request: HttpRequest, pk: UUID, *, reason: Form | None = None, member: Form | None = None) -> dict:
    user = request.user
    organisation = find(organisations.visible_to(user), pk=pk)
    sees = may_see_members(user, organisation)
    return {
        "organisation": organisation,
        "members": organisations.members_now(organisation.pk) if sees else None,
        "why": last_words(organisation, "organisation.returned"),
        "may_verify": may_verify_organisation(user, organisation),
        "may_correct": may_correct_organisation(user, organisation),
        "may_manage": may_manage_members(user, organisation),
        "reason_form": reason or ReasonForm(),
        "member_form": member or MemberForm(),
    }
