"""The ties of an organisation and of its people: entered, corrected, ended, withdrawn, with what proves them."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.actions import affiliations as ties
from portal.clock import portal_now
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.models import Affiliation, Organisation, Tie
from portal.pages import organisation_tabs
from portal.pages.organisation_tabs import tabs_of
from portal.pages.standing import seen
from portal.pages.standing_forms import KinForm, LastDayForm, TieForm, WhyForm, tie_initial
from portal.permissions_on_standing import (
    may_end_affiliation,
    may_enter_affiliation,
    may_see_standing,
    may_withdraw_affiliation,
    sees_all_standing,
)
from portal.queries import affiliations
from portal.web import Answer, find, give_file, page

organisation_tabs.add(gettext_lazy("Affiliations"), "organisation-affiliations", at=55, when=may_see_standing)


@page("portal/organisation_affiliations.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """The ties of an organisation in both directions; and the form to enter one, or to correct one with ``?corrects=``."""
    organisation = seen(request, pk)
    verdict = may_enter_affiliation(request.user, organisation)
    wrong = _to_correct(request, organisation)
    form = TieForm(request.POST or None, request.FILES or None, initial=tie_initial(wrong, organisation) if wrong else None)
    if request.method == "POST":
        require(verdict)
    if form.is_valid():
        ties.enter_affiliation(organisation.pk, **form.entered, by=request.user, now=portal_now())
        messages.success(request, _("The affiliation is entered."))
        return redirect("organisation-affiliations", pk=pk)
    return _context(request, organisation, form=form, wrong=wrong)


@page("portal/organisation_affiliations.html")
def enter_kin(request: HttpRequest, pk: UUID) -> Answer:
    """Enter that somebody tied to the organisation is kin of another person."""
    organisation = seen(request, pk)
    require(may_enter_affiliation(request.user, organisation))
    form = KinForm(request.POST or None, request.FILES or None, people=_people(request, organisation))
    if form.is_valid():
        ties.enter_kin(**form.entered, by=request.user, now=portal_now())
        messages.success(request, _("The kinship is entered."))
        return redirect("organisation-affiliations", pk=pk)
    return _context(request, organisation, kin_form=form)


@page("portal/organisation_affiliations.html")
def document(request: HttpRequest, pk: UUID, tie: UUID) -> HttpResponse:
    """What proves a tie: for those who decide, and for whoever entered it."""
    organisation = seen(request, pk)
    found = find(_shown(request, organisation), pk=tie)
    if found.document is None or not _reads_document(request.user, organisation, found):
        raise NotFound()
    return give_file(found.document)


@require_POST
@page("portal/organisation_affiliations.html")
def end(request: HttpRequest, pk: UUID, tie: UUID) -> Answer:
    """Enter the last day of a tie."""
    found = find(_shown(request, seen(request, pk)), pk=tie)
    form = LastDayForm(request.POST)
    if form.is_valid():
        ties.end_affiliation(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The last day is entered."))
    else:
        messages.error(request, _("Enter the last day first."))
    return redirect("organisation-affiliations", pk=pk)


@require_POST
@page("portal/organisation_affiliations.html")
def withdraw(request: HttpRequest, pk: UUID, tie: UUID) -> Answer:
    """Take back a tie that was wrong."""
    found = find(_shown(request, seen(request, pk)), pk=tie)
    form = WhyForm(request.POST)
    if form.is_valid():
        ties.withdraw_affiliation(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The affiliation is withdrawn."))
    else:
        messages.error(request, _("Write the reason first."))
    return redirect("organisation-affiliations", pk=pk)


def _context(request: HttpRequest, organisation: Organisation, **given: object) -> dict[str, object]:
    user, people = request.user, _people(request, organisation)
    rows = [_row(user, organisation, row) for row in _shown(request, organisation)]
    return {
        "organisation": organisation,
        "tabs": tabs_of(request, organisation),
        "rows": rows,
        "sees_all": sees_all_standing(user, organisation),
        "may_enter": may_enter_affiliation(user, organisation),
        "form": TieForm(),
        "kin_form": KinForm(people=people) if people else None,
        "day_form": LastDayForm(),
        "why_form": WhyForm(),
        **given,
    }


def _row(user, organisation: Organisation, row: Affiliation) -> dict[str, object]:
    return {
        "row": row,
        "words": affiliations.words_shown(row),
        "until_on": affiliations.end_shown(row),
        "questions": row.questions.all() if row.in_full else (),
        "may_end": may_end_affiliation(user, row),
        "may_withdraw": may_withdraw_affiliation(user, row),
        "reads_document": row.document_id and _reads_document(user, organisation, row),
        "corrects_here": row.kind != "kin",
    }


def _shown(request: HttpRequest, organisation: Organisation) -> QuerySet[Affiliation]:
    return affiliations.shown_at(organisation.pk, in_full=sees_all_standing(request.user, organisation))


def _people(request: HttpRequest, organisation: Organisation) -> QuerySet[Affiliation]:
    return affiliations.with_kin(organisation.pk, in_full=sees_all_standing(request.user, organisation))


def _reads_document(user, organisation: Organisation, row: Affiliation) -> bool:
    return row.entered_by_id == user.pk or sees_all_standing(user, organisation)


def _to_correct(request: HttpRequest, organisation: Organisation) -> Affiliation | None:
    """The row that the person asked to correct, where they may."""
    asked = request.GET.get("corrects", "")
    rows = _shown(request, organisation).exclude(kind=Tie.KIN)
    wrong = next((row for row in rows if str(row.pk) == asked), None) if asked else None
    return wrong if wrong and may_withdraw_affiliation(request.user, wrong) else None
