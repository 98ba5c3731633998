"""Officials: who holds which role, one role with its history, proposing, and ending."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.actions import granting
from portal.clock import china_date, portal_now
from portal.faces import Tab
from portal.forms import Form
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.models import Grant, ProposalKind
from portal.pages.official_forms import WHEN, EndForm, OfficialsForm, ProposeForm
from portal.permissions import holds_everywhere, reads_cases
from portal.permissions_acting import may_watch_over_roles
from portal.permissions_on_granting import may_propose_end, may_propose_role, may_read_officials
from portal.queries import officials
from portal.queries.officials import GRANTERS, PRESENT, Sought
from portal.queries.people import READERS
from portal.states import ProposalState
from portal.web import Answer, find, page

PER_PAGE = 50


@page("portal/officials.html")
def index(request: HttpRequest) -> Answer:
    """Who holds which role, where, since when and by whom; what waits for a decision."""
    readable(request)
    user, form = request.user, OfficialsForm(request.GET, seen=officials.programmes_of(request.user, *READERS))
    sought = _sought(form)
    found = Paginator(officials.listed(user, sought), PER_PAGE).get_page(request.GET.get("page"))
    now = portal_now()
    return {
        "now": now,
        "today": china_date(now),
        "form": form,
        "sought": sought,
        "tabs": [Tab(word, _address(request, when), current=when == sought.when) for when, word in WHEN],
        "page": found,
        "reads": reads_cases(user),
        "watches": bool(may_watch_over_roles(user)),
        "waiting": officials.waiting(user),
        "offers": officials.open_offers(user),
        "verdict": may_propose_role(user, anywhere=True),
    }


@page("portal/official.html")
def show(request: HttpRequest, pk: UUID) -> Answer:
    """One role of one person, what was proposed about it, and the form to end it."""
    return _shown(request, pk)


@page("portal/official_propose.html")
def propose(request: HttpRequest) -> Answer:
    """Propose a role for somebody who has an account."""
    readable(request)
    require(may_propose_role(request.user, anywhere=True))
    now = portal_now()
    form = ProposeForm(
        request.POST or None, request.FILES or None, by=request.user, everywhere=holds_everywhere(request.user, *GRANTERS),
        initial={"starts_on": china_date(now)},
    )  # fmt: skip
    if form.is_valid():
        typed = form.cleaned_data
        document = (typed["document"].name, typed["document"].read()) if typed["document"] else None
        made = granting.propose_grant(**{**typed, "document": document}, by=request.user, now=now)
        messages.success(request, _("The role is proposed. A second official confirms it."))
        return redirect("official-proposal", pk=made.pk)
    return {"now": now, "form": form, "can_grant": officials.can_grant()}


@require_POST
@page("portal/official.html")
def end(request: HttpRequest, pk: UUID) -> Answer:
    """Propose that a role ends."""
    grant = find(officials.visible_to(request.user), pk=pk)
    form = EndForm(request.POST)
    if form.is_valid():
        made = granting.propose_end(grant.pk, **form.cleaned_data, by=request.user, now=portal_now())
        messages.success(request, _("The end of the role is proposed. A second official confirms it."))
        return redirect("official-proposal", pk=made.pk)
    return _shown(request, pk, form=form)


def readable(request: HttpRequest) -> None:
    """To whoever may not read officials these pages do not exist."""
    if not may_read_officials(request.user):
        raise NotFound()


def _shown(request: HttpRequest, pk: UUID, *, form: Form | None = None) -> dict:
    grant = find(officials.visible_to(request.user), pk=pk)
    today = china_date(portal_now())
    return {
        "grant": grant,
        "state": state_of(grant, today),
        "proposals": officials.proposals_of(grant) if reads_cases(request.user) else [],
        "reads": reads_cases(request.user),
        "may_end": may_propose_end(request.user, grant),
        "end_waits": grant.proposals.filter(kind=ProposalKind.END, state=ProposalState.PROPOSED).exists(),
        "is_over": state_of(grant, today) == officials.PAST,
        "form": form or EndForm(),
    }


def state_of(grant: Grant, today) -> str:
    """Whether a role holds, is to come, or is over."""
    if grant.ended_at or (grant.ends_on and grant.ends_on < today):
        return officials.PAST
    return officials.COMING if grant.starts_on > today else officials.PRESENT


def _sought(form: OfficialsForm) -> Sought:
    """What the query string asks for, as far as it can be read."""
    form.is_valid()
    typed = form.cleaned_data
    programme, district = typed.get("programme"), typed.get("district")
    return Sought(
        when=typed.get("when") or PRESENT,
        role=typed.get("role") or "",
        programme=programme.pk if programme else None,
        district=district.pk if district else None,
        name=typed.get("name") or "",
    )


def _address(request: HttpRequest, when: str) -> str:
    """The same filters at another time; what the page does not know is not carried on."""
    known = {name: request.GET[name] for name in OfficialsForm.base_fields if name in request.GET}
    return f"?{urlencode(known | {'when': when})}"
