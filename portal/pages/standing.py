"""What is known against an organisation and of its ties: credit, dishonesty, affiliations; and an expert's employments."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.actions import affiliations as ties
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
    EmploymentForm,
    LastDayForm,
    RepairForm,
    TieForm,
    WhyForm,
)
from portal.permissions_on_standing import (
    may_confirm_dishonesty,
    may_end_affiliation,
    may_enter_affiliation,
    may_enter_employment,
    may_pass_record,
    may_record_credit,
    may_record_dishonesty,
    may_repair_dishonesty,
    may_see_standing,
    may_withdraw_affiliation,
    sees_all_standing,
)
from portal.queries import affiliations, organisations, standing
from portal.web import Answer, find, give_file, page

organisation_tabs.add(gettext_lazy("Credit"), "organisation-credit", at=50, when=may_see_standing)
organisation_tabs.add(gettext_lazy("Affiliations"), "organisation-affiliations", at=55, when=may_see_standing)


@page("portal/organisation_credit.html")
def credit(request: HttpRequest, pk: UUID) -> Answer:
    """The credit of an organisation: sites, checks, dishonesty; and what one may record."""
    return _credit(request, _seen(request, pk))


@require_POST
@page("portal/organisation_credit.html")
def record_check(request: HttpRequest, pk: UUID) -> Answer:
    """Record one look at one site."""
    organisation = _seen(request, pk)
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
    organisation = _decided_on(request, pk)
    kept = find(organisation.credit_checks.select_related("screenshot"), pk=check).screenshot
    if kept is None:
        raise NotFound()
    return give_file(kept)


@require_POST
@page("portal/organisation_credit.html")
def let_pass(request: HttpRequest, pk: UUID, check: UUID) -> Answer:
    """Let a found record pass, with the reason."""
    organisation = _decided_on(request, pk)
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
    organisation = _seen(request, pk)
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
    found = find(_decided_on(request, pk).dishonesties, pk=entry)
    actions.confirm_dishonesty(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The dishonesty is in force."))
    return redirect("organisation-credit", pk=pk)


@require_POST
@page("portal/organisation_credit.html")
def drop_dishonesty(request: HttpRequest, pk: UUID, entry: UUID) -> Answer:
    """Drop dishonesty that somebody else entered wrongly."""
    organisation = _decided_on(request, pk)
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
    organisation = _decided_on(request, pk)
    found = find(organisation.dishonesties, pk=entry)
    form = RepairForm(request.POST, request.FILES)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        file = typed.pop("document")
        actions.repair_dishonesty(found.pk, **typed, document=(file.name, file.read()), by=request.user, now=portal_now())
        messages.success(request, _("The repair is entered."))
        return redirect("organisation-credit", pk=pk)
    return _credit(request, organisation, repair_form=form)


@page("portal/organisation_affiliations.html")
def show_affiliations(request: HttpRequest, pk: UUID) -> Answer:
    """The ties of an organisation in both directions; and the form to enter one."""
    organisation = _seen(request, pk)
    may_enter = may_enter_affiliation(request.user, organisation)
    form = TieForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        require(may_enter)
    if form.is_valid():
        ties.enter_affiliation(organisation.pk, **form.entered, by=request.user, now=portal_now())
        messages.success(request, _("The affiliation is entered."))
        return redirect("organisation-affiliations", pk=pk)
    rows = [
        {
            "row": row,
            "words": affiliations.words_of(affiliations.link_of(row)),
            "may_end": may_end_affiliation(request.user, row),
            "may_withdraw": may_withdraw_affiliation(request.user, row),
        }
        for row in affiliations.of_organisation(organisation.pk)
    ]
    return {
        "organisation": organisation,
        "tabs": tabs_of(request, organisation),
        "rows": rows,
        "sees_all": sees_all_standing(request.user, organisation),
        "may_enter": may_enter,
        "form": form,
        "day_form": LastDayForm(),
        "why_form": WhyForm(),
    }


@require_POST
@page("portal/organisation_affiliations.html")
def end_affiliation(request: HttpRequest, pk: UUID, tie: UUID) -> Answer:
    """Enter the last day of a tie."""
    found = find(affiliations.of_organisation(_seen(request, pk).pk), pk=tie)
    form = LastDayForm(request.POST)
    if form.is_valid():
        ties.end_affiliation(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The last day is entered."))
    else:
        messages.error(request, _("Enter the last day first."))
    return redirect("organisation-affiliations", pk=pk)


@require_POST
@page("portal/organisation_affiliations.html")
def withdraw_affiliation(request: HttpRequest, pk: UUID, tie: UUID) -> Answer:
    """Take back a tie that was wrong."""
    found = find(affiliations.of_organisation(_seen(request, pk).pk), pk=tie)
    form = WhyForm(request.POST)
    if form.is_valid():
        ties.withdraw_affiliation(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The affiliation is withdrawn."))
    else:
        messages.error(request, _("Write the reason first."))
    return redirect("organisation-affiliations", pk=pk)


@page("portal/employments.html")
def employments(request: HttpRequest) -> Answer:
    """Where an expert works and worked; declared complete once a year."""
    require(may_enter_employment(request.user, request.user))
    now = portal_now()
    declaring = request.method == "POST" and "declare" in request.POST
    form = EmploymentForm(None if declaring else request.POST or None)
    if declaring:
        ties.declare_employments(by=request.user, now=now)
        messages.success(request, _("Declared for this year."))
        return redirect("employments")
    if form.is_valid():
        ties.enter_employment(request.user.pk, **form.entered, by=request.user, now=now)
        messages.success(request, _("The employment is entered."))
        return redirect("employments")
    year = china_date(now).year
    declared = request.user.employment_declarations.filter(year=year).exists()
    return {"rows": affiliations.employments_of(request.user.pk), "form": form, "day_form": LastDayForm(), "year": year, "declared": declared}


@require_POST
@page("portal/employments.html")
def end_employment(request: HttpRequest, pk: UUID) -> Answer:
    """Enter the last day of one's own employment."""
    found = find(affiliations.employments_of(request.user.pk), pk=pk)
    form = LastDayForm(request.POST)
    if form.is_valid():
        ties.end_employment(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The last day is entered."))
    else:
        messages.error(request, _("Enter the last day first."))
    return redirect("employments")


@require_POST
@page("portal/employments.html")
def withdraw_employment(request: HttpRequest, pk: UUID) -> Answer:
    """Take back one's own employment that was entered wrongly."""
    found = find(affiliations.employments_of(request.user.pk), pk=pk)
    ties.withdraw_employment(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The employment is withdrawn."))
    return redirect("employments")


def _seen(request: HttpRequest, pk: UUID) -> Organisation:
    """The organisation, for itself and those who decide; for all others there is none."""
    organisation = find(organisations.visible_to(request.user), pk=pk)
    if not may_see_standing(request.user, organisation):
        raise NotFound()
    return organisation


def _decided_on(request: HttpRequest, pk: UUID) -> Organisation:
    """The organisation, for those who decide only."""
    organisation = _seen(request, pk)
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
