"""Who lends a power to whom, who acts for somebody else, and who looks at somebody's pages for support."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.clock import china_date
from portal.kernel.errors import NotFound, Refused, WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds
from portal.queries.acting import watches_over_roles
from portal.queries.supporting import lapsed
from portal.states import DelegationState, SupportState

ACTING = _("You act for somebody else at present. Stop first; then look after your own powers.")
MOVED_ON = _("This has moved on since you opened the page. Open it again to see where it stands.")


def may_delegate(user) -> Verdict:
    """Anybody for their own powers, not while acting for somebody else."""
    return no(ACTING, "acting_for_another") if user.acting_for else YES


def may_answer_delegation(user, delegation, *, now: datetime) -> Verdict:
    """The delegate, while it is offered and its days are not over."""
    if user.acting_for:
        return no(ACTING, "acting_for_another")
    if delegation.delegate_id != user.pk:
        return no("", "not_found", NotFound)
    if delegation.state != DelegationState.OFFERED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES


def may_accept_delegation(user, delegation, *, now: datetime) -> Verdict:
    """The delegate, while it is offered and not yet over."""
    verdict = may_answer_delegation(user, delegation, now=now)
    if verdict and delegation.ends_on < china_date(now):
        return no(_("The days of this delegation are over."), "delegation_over", Refused)
    return verdict


def may_end_delegation(user, delegation) -> Verdict:
    """Principal or delegate, as long as it is offered or accepted."""
    if user.pk not in (delegation.principal_id, delegation.delegate_id):
        return no("", "not_found", NotFound)
    if user.acting_for and user.pk == delegation.principal_id:
        return no(ACTING, "acting_for_another")
    if user.pk == delegation.delegate_id and delegation.state == DelegationState.OFFERED:
        return no(_("Accept or decline what was offered to you."), "wrong_state", WrongState)
    if delegation.state not in (DelegationState.OFFERED, DelegationState.ACCEPTED):
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES


def is_support(user) -> bool:
    """Somebody who helps people with the portal."""
    return holds(user, Role.SUPPORT)


def may_ask_support_view(user) -> Verdict:
    """People of support."""
    if not is_support(user):
        return no(_("Only people of support ask to look at somebody's pages."))
    return YES


def may_watch_over_roles(user) -> Verdict:
    """Division heads of every programme, discipline inspection and auditors: they read all delegations and looks of support."""
    if not watches_over_roles(user):
        return no(_("Only division heads, discipline inspection and auditors read this."))
    return YES


def may_answer_support_view(user, view, *, now: datetime) -> Verdict:
    """The person whose pages they are, while they are asked."""
    if view.person_id != user.pk:
        return no("", "not_found", NotFound)
    if user.acting_for:
        return no(ACTING, "acting_for_another")
    if view.state != SupportState.ASKED:
        return no(MOVED_ON, "wrong_state", WrongState)
    if lapsed(view, now=now):
        return no(_("The time to answer this is over. Support asks again if it is still needed."), "support_view_lapsed", Refused)
    return YES


def may_begin_support_view(user, view, *, now: datetime) -> Verdict:
    """Who asked, once the person has agreed, within the hours of the agreement."""
    if view.supporter_id != user.pk:
        return no("", "not_found", NotFound)
    if not is_support(user):
        return no(_("Only people of support look at somebody's pages."))
    if view.state == SupportState.ASKED:
        return no(_("The person has not answered yet."), "not_agreed", WrongState)
    if view.state != SupportState.AGREED:
        return no(MOVED_ON, "wrong_state", WrongState)
    if lapsed(view, now=now):
        return no(_("The hours of this agreement are over. Ask again."), "support_view_lapsed", Refused)
    return YES


def may_end_support_view(user, view) -> Verdict:
    """Either of the two, at any time before it has ended."""
    if user.pk not in (view.person_id, view.supporter_id):
        return no("", "not_found", NotFound)
    if view.state not in (SupportState.ASKED, SupportState.AGREED, SupportState.OPEN):
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES
