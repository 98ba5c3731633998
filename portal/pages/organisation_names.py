"""Other names, branches and merges of an organisation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.actions import merging_organisations, naming_organisations
from portal.clock import portal_now
from portal.forms import Form
from portal.pages import organisation_tabs
from portal.pages.organisation_forms import AliasForm, MergeForm, WhyForm, upload_of
from portal.pages.organisation_tabs import tabs_of
from portal.permissions_organisations import (
    may_decide_merge,
    may_end_merge,
    may_name,
    may_propose_merge,
    may_see_merges,
)
from portal.queries import organisations
from portal.queries.same_organisation import absorbed_by, merges_of
from portal.web import Answer, find, page

organisation_tabs.add(gettext_lazy("Names and merges"), "organisation-names", at=25)


@page("portal/organisation_names.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """What else an organisation is called, and what counts as the same."""
    return _shown(request, pk)


@require_POST
@page("portal/organisation_names.html")
def add_alias(request: HttpRequest, pk: UUID) -> Answer:
    """Enter a former or short name."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    form = AliasForm(request.POST)
    if form.is_valid():
        naming_organisations.add_alias(organisation.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The name is entered; searches find it."))
        return redirect("organisation-names", pk=pk)
    return _shown(request, pk, alias=form)


@require_POST
@page("portal/organisation_names.html")
def remove_alias(request: HttpRequest, pk: UUID, alias: UUID) -> Answer:
    """Take a name out again."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    naming_organisations.remove_alias(find(organisation.aliases, pk=alias).pk, by=request.user, now=portal_now())
    messages.success(request, _("The name is taken out."))
    return redirect("organisation-names", pk=pk)


@require_POST
@page("portal/organisation_names.html")
def propose(request: HttpRequest, pk: UUID) -> Answer:
    """Propose that this organisation counts as another."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    form = MergeForm(request.POST, request.FILES)
    if form.is_valid():
        into = find(organisations.visible_to(request.user), uscc=form.cleaned_data["into"].strip().upper())
        merging_organisations.propose_merge(
            organisation.pk, into.pk, from_on=form.cleaned_data["from_on"], file=upload_of(form),
            document_number=form.cleaned_data["document_number"], by=request.user, now=portal_now(),
        )  # fmt: skip
        messages.success(request, _("The merge is proposed. A second person confirms it."))
        return redirect("organisation-names", pk=pk)
    return _shown(request, pk, merge=form)


@require_POST
@page("portal/organisation_names.html")
def decide(request: HttpRequest, pk: UUID, merge: UUID) -> Answer:
    """Confirm or refuse a merge, or take one back; the button says which."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    found, act = find(merges_of(organisation), pk=merge), request.POST.get("act")
    by, now = request.user, portal_now()
    if act == "confirm":
        merging_organisations.confirm_merge(found.pk, by=by, now=now)
        messages.success(request, _("The merge is in force from its day on."))
        return redirect("organisation-names", pk=pk)
    form = WhyForm(request.POST)
    if form.is_valid():
        step = merging_organisations.refuse_merge if act == "refuse" else merging_organisations.end_merge
        step(found.pk, **form.cleaned_data, by=by, now=now)
        messages.success(request, _("The merge is refused.") if act == "refuse" else _("The merge is taken back."))
        return redirect("organisation-names", pk=pk)
    return _shown(request, pk, why=form)


def _shown(
    request: HttpRequest, pk: UUID, *, alias: Form | None = None, merge: Form | None = None, why: Form | None = None
) -> dict:
    user = request.user
    organisation = find(organisations.visible_to(user), pk=pk)
    sees = may_see_merges(user, organisation)
    rows = list(merges_of(organisation)) if sees else []
    return {
        "organisation": organisation,
        "tabs": tabs_of(request, organisation),
        "aliases": organisation.aliases.filter(removed_at__isnull=True).order_by("-ends_on", "name"),
        "branches": organisation.branches.order_by("name", "pk"),
        "absorbed": absorbed_by(organisation) if sees else None,
        "merges": [(row, may_decide_merge(user, row), may_end_merge(user, row)) for row in rows],
        "may_name": may_name(user, organisation),
        "may_propose": may_propose_merge(user, organisation),
        "alias_form": alias or AliasForm(),
        "merge_form": merge or MergeForm(),
        "why_form": why or WhyForm(),
    }
