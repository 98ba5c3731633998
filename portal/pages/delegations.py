"""Delegations: given and held, acting for somebody else, and stopping."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.acting import DELEGATION
from portal.actions import delegating
from portal.clock import china_date, portal_now
from portal.delegable import DONE_ONESELF
from portal.pages.acting_forms import DelegationForm
from portal.permissions_acting import may_accept_delegation, may_delegate, may_end_delegation
from portal.queries import acting
from portal.states import DelegationState
from portal.web import Answer, find, page

LIVE = (DelegationState.OFFERED, DelegationState.ACCEPTED)


@page("portal/delegations.html")
def index(request: HttpRequest) -> Answer:
    """The delegations one has given and holds; offering another."""
    now, powers = portal_now(), acting.own_powers(request.user)
    form = DelegationForm(request.POST or None, powers=powers)
    if form.is_valid():
        delegation = delegating.offer_delegation(**form.cleaned_data, by=request.user, now=now)
        messages.success(request, _("%(name)s is asked to act for you.") % {"name": delegation.delegate.name})
        return redirect("delegations")
    rows = [_row(request, each, now) for each in acting.visible_to(request.user)[:200]]
    return {
        "now": now,
        "form": form,
        "powers": powers,
        "may_offer": may_delegate(request.user),
        "held": [row for row in rows if not row["given"]],
        "given": [row for row in rows if row["given"]],
        "never": list(dict.fromkeys(str(words) for words in DONE_ONESELF.values())),
    }


@require_POST
@page("portal/delegations.html")
def accept(request: HttpRequest, pk: UUID) -> Answer:
    """Take over what was offered."""
    delegation = delegating.accept_delegation(_one(request, pk).pk, by=request.user, now=portal_now())
    messages.success(request, _("Accepted. On its days you can act for %(name)s.") % {"name": delegation.principal.name})
    return redirect("delegations")


@require_POST
@page("portal/delegations.html")
def decline(request: HttpRequest, pk: UUID) -> Answer:
    """Do not take over what was offered."""
    delegating.decline_delegation(_one(request, pk).pk, by=request.user, now=portal_now())
    messages.success(request, _("Declined."))
    return redirect("delegations")


@require_POST
@page("portal/delegations.html")
def end(request: HttpRequest, pk: UUID) -> Answer:
    """Take back what one gave, or give back what one holds."""
    delegation = delegating.end_delegation(_one(request, pk).pk, by=request.user, now=portal_now())
    if request.session.get(DELEGATION) == str(delegation.pk):
        del request.session[DELEGATION]
    messages.success(request, _("The delegation is ended."))
    return redirect("delegations")


@require_POST
@page("portal/delegations.html")
def act(request: HttpRequest, pk: UUID) -> Answer:
    """Act for somebody else from here on."""
    delegation = delegating.begin_acting(_one(request, pk).pk, by=request.user, now=portal_now())
    request.session[DELEGATION] = str(delegation.pk)
    return redirect("home")


@require_POST
@page("portal/delegations.html")
def stop(request: HttpRequest) -> Answer:
    """Act for oneself again."""
    request.session.pop(DELEGATION, None)
    messages.success(request, _("You act for yourself again."))
    return redirect("delegations")


def _one(request: HttpRequest, pk: UUID):
    return find(acting.visible_to(request.user), pk=pk)


def _row(request: HttpRequest, delegation, now) -> dict:
    """What a line of the page shows of a delegation."""
    today, user = china_date(now), request.user
    live = delegation.state in LIVE and delegation.ends_on >= today
    in_force = delegation.state == DelegationState.ACCEPTED and delegation.starts_on <= today <= delegation.ends_on
    given = delegation.principal_id == user.pk
    return {
        "row": delegation,
        "given": given,
        "over": delegation.state in LIVE and delegation.ends_on < today,
        "later": delegation.state == DelegationState.ACCEPTED and today < delegation.starts_on,
        "may_answer": not given and live and bool(may_accept_delegation(user, delegation, now=now)),
        "may_act": in_force and not given and not user.acting_for,
        "may_end": live and bool(may_end_delegation(user, delegation)),
    }
