"""What is known against an organisation: credit checks, dishonesty and its repair."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.actions import standing as actions
from portal.clock import china_date, portal_now
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.models import CreditCheck, Dishonesty, Organisation
from portal.pages import organisation_tabs
from portal.pages.organisation_tabs import tabs_of
from portal.pages.standing_forms import (
    CheckForm,
    DishonestyForm,
    RepairForm,
    WhyForm,
)
from portal.permissions_on_standing import (
    may_confirm_dishonesty,
    may_pass_record,
    may_record_credit,
    may_record_dishonesty,
    may_repair_dishonesty,
    may_see_standing,
    sees_all_standing,
)
from portal.queries import organisations, standing
from portal.web import Answer, find, give_file, page

organisation_tabs.add(gettext_lazy("Credit"), "organisation-credit", at=50, when=may_see_standing)


@page("portal/organisation_credit.html")
def credit(request: HttpRequest, pk: UUID) -> Answer:
    """The credit of an organisation: sites, checks, dishonesty; and what one may record."""
    return _credit(request, seen(request, pk))


@require_POST
@page("portal/organisation_credit.html")
def record_check(request: HttpRequest, pk: UUID) -> Answer:
    """Record one look at one site."""
    organisation = seen(request, pk)
    require(may_record_credit(request.user, organisation))
    form = CheckForm(request.POST, request.FILES)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        file = typed.pop("screenshot")
        shown = (file.name, file.read()) if file else None
        actions.record_credit_check(organisation.pk, **typed, screenshot=shown, by=request.user, now=portal_now())
        messages.success(request, _("The check is recorded."))
        return redirect("organisation-credit", pk=pk)
    return _credit(request, organisation, check_form=form)


@page("portal/organisation_credit.html")
def screenshot(request: HttpRequest, pk: UUID, check: UUID) -> HttpResponse:
    """The picture of a check, for those who decide."""
    organisation = decided_on(request, pk)
    kept = find(organisation.credit_checks.select_related("screenshot"), pk=check).screenshot
    if kept is None:
        raise NotFound()
    return give_file(kept)


@require_POST
@page("portal/organisation_credit.html")
def let_pass(request: HttpRequest, pk: UUID, check: UUID) -> Answer:
    """Let a found record pass, with the reason."""
    organisation = decided_on(request, pk)
    found = find(organisation.credit_checks, pk=check)
    form = WhyForm(request.POST)
    if form.is_valid():
        actions.let_record_pass(found.pk, why=form.cleaned_data["why"], by=request.user, now=portal_now())
        messages.success(request, _("The record is let pass."))
        return redirect("organisation-credit", pk=pk)
    return _credit(request, organisation, why_form=form)


@require_POST
@page("portal/organisation_credit.html")
def record_dishonesty(request: HttpRequest, pk: UUID) -> Answer:
    """Enter dishonesty; a second person confirms it."""
    organisation = seen(request, pk)
    require(may_record_dishonesty(request.user, organisation))
    form = DishonestyForm(request.POST)
    if form.is_valid():
        actions.record_dishonesty(organisation.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The entry waits for a second person."))
        return redirect("organisation-credit", pk=pk)
    return _credit(request, organisation, dishonesty_form=form)


@require_POST
@page("portal/organisation_credit.html")
def confirm_dishonesty(request: HttpRequest, pk: UUID, entry: UUID) -> Answer:
    """Confirm dishonesty that somebody else entered."""
    found = find(decided_on(request, pk).dishonesties, pk=entry)
    actions.confirm_dishonesty(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The dishonesty is in force."))
    return redirect("organisation-credit", pk=pk)


@require_POST
@page("portal/organisation_credit.html")
def drop_dishonesty(request: HttpRequest, pk: UUID, entry: UUID) -> Answer:
    """Drop dishonesty that somebody else entered wrongly."""
    organisation = decided_on(request, pk)
    found = find(organisation.dishonesties, pk=entry)
    form = WhyForm(request.POST)
    if form.is_valid():
        actions.drop_dishonesty(found.pk, why=form.cleaned_data["why"], by=request.user, now=portal_now())
        messages.success(request, _("The entry is dropped."))
        return redirect("organisation-credit", pk=pk)
    return _credit(request, organisation, why_form=form)


@require_POST
@page("portal/organisation_credit.html")
def repair_dishonesty(request: HttpRequest, pk: UUID, entry: UUID) -> Answer:
    """Enter the repair of dishonesty."""
    organisation = decided_on(request, pk)
    found = find(organisation.dishonesties, pk=entry)
    form = RepairForm(request.POST, request.FILES)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        file = typed.pop("document")
        actions.repair_dishonesty(found.pk, **typed, document=(file.name, file.read()), by=request.user, now=portal_now())
        messages.success(request, _("The repair is entered."))
        return redirect("organisation-credit", pk=pk)
    return _credit(request, organisation, repair_form=form)


def seen(request: HttpRequest, pk: UUID) -> Organisation:
    """The organisation, for itself and those who decide; for all others there is none."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    if not may_see_standing(request.user, organisation):
        raise NotFound()
    return organisation


def decided_on(request: HttpRequest, pk: UUID) -> Organisation:
    """The organisation, for those who decide only."""
    organisation = seen(request, pk)
    if not sees_all_standing(request.user, organisation):
        raise NotFound()
    return organisation


def _credit(request: HttpRequest, organisation: Organisation, **forms: object) -> dict[str, object]:
    user, now = request.user, portal_now()
    sees_all = sees_all_standing(user, organisation)
    known = standing.credit_of(organisation.pk, china_date(now))
    sites = [
        {"site": site, "check": known.checks.get(site.pk), "until": known.last_day(site.pk, site.valid_days), "tried": known.unreached.get(site.pk)}
        for site in standing.sites()
    ]
    return {
        "organisation": organisation,
        "tabs": tabs_of(request, organisation),
        "today": known.on,
        "sites": sites,
        "checks": [_check_row(user, organisation, check) for check in standing.history_of(organisation.pk)],
        "dishonesties": [_dishonesty_row(user, organisation, each) for each in standing.dishonesties_of(organisation.pk, all_of_them=sees_all)],
        "sees_all": sees_all,
        "may_record": may_record_credit(user, organisation),
        "may_enter": may_record_dishonesty(user, organisation),
        "check_form": CheckForm(initial={"checked_on": known.on}),
        "dishonesty_form": DishonestyForm(),
        "repair_form": RepairForm(),
        "why_form": WhyForm(),
        **forms,
    }


def _check_row(user: object, organisation: Organisation, check: CreditCheck) -> dict[str, object]:
    check.organisation = organisation
    return {"check": check, "corrected": hasattr(check, "corrected_by"), "may_pass": may_pass_record(user, check)}


def _dishonesty_row(user: object, organisation: Organisation, entry: Dishonesty) -> dict[str, object]:
    entry.organisation = organisation
    return {"entry": entry, "may_confirm": may_confirm_dishonesty(user, entry), "may_repair": may_repair_dishonesty(user, entry)}
