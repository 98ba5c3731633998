"""Programmes, the versions of their rules, and calls for needs."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from challenges.actions import programming as actions
from challenges.forms.programming import CallForm, ProgrammeForm, RulesForm, Sites, class_forms, classes_from
from challenges.models import Programme, Rules
from challenges.permissions.programming import may_adopt_rules, may_create_programme, may_open_call, may_read_programmes
from challenges.queries import programming
from portal.clock import portal_now
from portal.kernel.verdict import require
from portal.web import Answer, find, page

PER_PAGE = 25


@page("challenges/calls.html", public=True)
def calls(request: HttpRequest) -> Answer:
    """Calls for needs: open ones first, then those that are over."""
    now = portal_now()
    listed = Paginator(programming.calls(), PER_PAGE).get_page(request.GET.get("page"))
    return {"now": now, "page": listed, "open": programming.open_calls(now)}


@page("challenges/programmes.html")
def index(request: HttpRequest) -> Answer:
    """The programmes of the city."""
    require(may_read_programmes(request.user))
    listed = Paginator(programming.programmes(), PER_PAGE).get_page(request.GET.get("page"))
    return {"page": listed, "may_create": may_create_programme(request.user)}


@page("challenges/programme_form.html")
def create(request: HttpRequest) -> Answer:
    """Set up a programme with the shipped rules."""
    require(may_create_programme(request.user))
    form = ProgrammeForm(request.POST or None)
    if form.is_valid():
        programme = actions.create_programme(**form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The programme is set up with the shipped rules. Look through them."))
        return redirect("programme", pk=programme.pk)
    return {"form": form}


@page("challenges/programme.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """One programme: the versions of its rules and its calls."""
    require(may_read_programmes(request.user))
    programme = find(Programme.objects.all(), pk=pk)
    listed = Paginator(programming.calls().filter(rules__programme=programme), PER_PAGE)
    return {
        "now": portal_now(),
        "programme": programme,
        "versions": programming.versions_of(programme),
        "page": listed.get_page(request.GET.get("page")),
        "may_adopt": may_adopt_rules(request.user, programme.pk),
        "may_open": may_open_call(request.user, programme.pk),
    }


@page("challenges/rules.html", public=True)
def rules(request: HttpRequest, pk: UUID) -> Answer:
    """One version of the rules, figure by figure; rules are public."""
    version = find(programming.one_version(), pk=pk)
    return {
        "rules": version,
        "chapters": programming.chapters_of(version),
        "classes": programming.classes_of(version),
        "may_open": may_open_call(request.user, version.programme_id),
    }


@page("challenges/rules_form.html")
def adopt(request: HttpRequest, pk: UUID) -> Answer:
    """Adopt the next version of a programme's rules."""
    programme = find(Programme.objects.all(), pk=pk)
    require(may_adopt_rules(request.user, programme.pk))
    last: Rules = programming.one_version().filter(programme=programme).order_by("-version")[0]
    form = RulesForm(request.POST or None, rules=last)
    classes = class_forms(request.POST or None, last)
    sites = Sites(request.POST or None, prefix="sites", initial=last.credit_sites)
    if form.is_valid() and sites.is_valid() and all(each.is_valid() for _terms, each in classes):
        figures = form.figures | {"classes": list(classes_from(classes)), "credit_sites": list(sites.filled)}
        valid_from = form.cleaned_data["valid_from"]
        made = actions.adopt_rules(programme.pk, valid_from=valid_from, figures=figures, by=request.user, now=portal_now())
        messages.success(request, _("Version %(version)s of the rules is adopted.") % {"version": made.version})
        return redirect("rules", pk=made.pk)
    each_form = {f"form_{terms.code}": each for terms, each in classes}  # so that the page sees when one is wrong
    return {"programme": programme, "last": last, "form": form, "classes": classes, "sites": sites, **each_form}


@page("challenges/call_form.html")
def open_call(request: HttpRequest, pk: UUID) -> Answer:
    """Announce a call for needs under one version of the rules."""
    version = find(programming.one_version(), pk=pk)
    require(may_open_call(request.user, version.programme_id))
    form = CallForm(request.POST or None)
    if form.is_valid():
        actions.open_call(version.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The call is announced."))
        return redirect("programme", pk=version.programme_id)
    return {"rules": version, "form": form}
