"""Where experts work and worked: entered by themselves, or by the bureau with a source."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import employments as actions
from portal.clock import china_date, portal_now
from portal.kernel.verdict import require
from portal.models import User
from portal.pages.standing_forms import EmploymentForm, LastDayForm, employment_initial
from portal.permissions_on_standing import may_change_employment, may_enter_employment
from portal.queries import affiliations
from portal.web import Answer, find, give_file, page


@page("portal/employments.html")
def mine(request: HttpRequest) -> Answer:
    """Where an expert works and worked; declared complete once a year."""
    require(may_enter_employment(request.user, request.user))
    if request.method == "POST" and "declare" in request.POST:
        actions.declare_employments(by=request.user, now=portal_now())
        messages.success(request, _("Declared for this year."))
        return redirect("employments")
    return _show(request, request.user)


@page("portal/employments.html")
def of_expert(request: HttpRequest, pk: UUID) -> Answer:
    """Where an expert works and worked, for those of the bureau who enter what they found."""
    expert = find(affiliations.experts_visible_to(request.user), pk=pk)
    return _show(request, expert)


@page("portal/employments.html")
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What proves an employment, for the person and those of the bureau who enter it."""
    return give_file(find(affiliations.employments_visible_to(request.user).exclude(document=None), pk=pk).document)


@require_POST
@page("portal/employments.html")
def end(request: HttpRequest, pk: UUID) -> Answer:
    """Enter the last day of an employment."""
    found = find(affiliations.employments_visible_to(request.user), pk=pk)
    form = LastDayForm(request.POST)
    if form.is_valid():
        actions.end_employment(found.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The last day is entered."))
    else:
        messages.error(request, _("Enter the last day first."))
    return _back(request, found.user_id)


@require_POST
@page("portal/employments.html")
def withdraw(request: HttpRequest, pk: UUID) -> Answer:
    """Take back an employment that was entered wrongly."""
    found = find(affiliations.employments_visible_to(request.user), pk=pk)
    actions.withdraw_employment(found.pk, by=request.user, now=portal_now())
    messages.success(request, _("The employment is withdrawn."))
    return _back(request, found.user_id)


def _show(request: HttpRequest, expert: User) -> Answer:
    now, own = portal_now(), expert.pk == request.user.pk
    rows = list(affiliations.employments_of(expert.pk))
    wrong = next((row for row in rows if str(row.pk) == request.GET.get("corrects", "")), None)
    initial = employment_initial(wrong) if wrong else {"source_on": china_date(now)}
    form = EmploymentForm(request.POST or None, request.FILES or None, own=own, initial=initial)
    if form.is_valid():
        actions.enter_employment(expert.pk, **form.entered, by=request.user, now=now)
        messages.success(request, _("The employment is entered."))
        return _back(request, expert.pk)
    year = china_date(now).year
    return {
        "rows": [{"row": row, "may_change": may_change_employment(request.user, row)} for row in rows],
        "expert": expert,
        "own": own,
        "wrong": wrong,
        "form": form,
        "day_form": LastDayForm(),
        "year": year,
        "declared": expert.employment_declarations.filter(year=year).exists(),
    }


def _back(request: HttpRequest, user_id: UUID) -> HttpResponse:
    return redirect("employments") if user_id == request.user.pk else redirect("expert-employments", pk=user_id)
