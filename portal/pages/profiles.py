"""An organisation's profile: each value with its source, edited in one place; its documents."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.actions import profiling
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.pages import organisation_tabs
from portal.pages.organisation_forms import ProfileForm, VouchForm, upload_of
from portal.pages.organisation_tabs import tabs_of
from portal.permissions_organisations import may_state_facts, may_vouch_facts
from portal.queries import organisations, profiles
from portal.web import Answer, find, give_file, page

organisation_tabs.add(gettext_lazy("Profile"), "organisation-profile", at=20)


@page("portal/organisation_profile.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """What is known of an organisation, who said so, and when."""
    return _shown(request, pk)


@page("portal/organisation_profile_edit.html")
def edit(request: HttpRequest, pk: UUID) -> Answer:
    """Write the profile; what is not changed keeps its source and day."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    require(may_state_facts(request.user, organisation))
    profile = profiles.profile_of(organisation)
    yearly = request.GET.get("figures") == "1"
    groups = ("figures",) if yearly else ("about", "contact")
    known = profile.latest.figures.values() if yearly and profile.latest else profile.rows(*groups) if not yearly else ()
    initial = {each.item.code: each.value for each in known} | ({"year": profile.latest.year} if yearly and profile.latest else {})
    form = ProfileForm(request.POST or None, request.FILES or None, groups=groups, initial=initial)
    if form.is_valid():
        written = profiling.state_facts(
            organisation.pk, values=form.values, year=form.cleaned_data.get("year"), file=upload_of(form),
            by=request.user, now=portal_now(),
        )  # fmt: skip
        messages.success(request, _("The profile is saved.") if written else _("Nothing was changed."))
        return redirect("organisation-profile", pk=pk)
    return {"organisation": organisation, "form": form, "yearly": yearly}


@require_POST
@page("portal/organisation_profile.html")
def vouch(request: HttpRequest, pk: UUID) -> Answer:
    """An officer vouches for one value."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    form = VouchForm(request.POST)
    if form.is_valid():
        profiling.vouch_fact(organisation.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The value is vouched for."))
        return redirect("organisation-profile", pk=pk)
    return _shown(request, pk, vouching=form)


@page("portal/organisation_profile.html")
def file(request: HttpRequest, pk: UUID, file: UUID) -> HttpResponse:
    """A document on which a value, a change or a merge rests."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    return give_file(find(profiles.files_of(organisation), pk=file))


def _shown(request: HttpRequest, pk: UUID, *, vouching: VouchForm | None = None) -> dict:
    organisation = find(organisations.visible_to(request.user), pk=pk)
    return {
        "organisation": organisation,
        "profile": profiles.profile_of(organisation),
        "tabs": tabs_of(request, organisation),
        "may_state": may_state_facts(request.user, organisation),
        "may_vouch": may_vouch_facts(request.user, organisation),
        "vouching": vouching,
    }
