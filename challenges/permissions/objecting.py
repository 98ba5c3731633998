"""Who may object to an item of a public notice, and who decides on objections."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from challenges.models import Objection, PublicNotice
from challenges.permissions.vetting import OWN_CASE
from challenges.states import ObjectionState
from portal.clock import china_date
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import holds, is_member

MOVED_ON = _("This objection has moved on since you opened the page. Open it again to see where it stands.")


def may_file_objection(user, notice: PublicNotice, *, now: datetime) -> Verdict:
    """Anybody who is signed in, with a real name, from the first day to the end of the last."""
    if user is None or not user.is_authenticated:
        return no(_("Sign in first: an objection carries a real name."), "not_signed_in")
    if china_date(now) < notice.starts_on:
        return no(_("This notice has not begun. Objections are taken from its first day on."), "notice_not_begun")
    if now >= notice.ends_at or notice.ended_at is not None:
        return no(_("This notice is over, so objections to it are not accepted any more."), "notice_over", WrongState)
    return YES


def may_handle_objection(user, objection: Objection, deciders: Collection[UUID]) -> Verdict:
    """Discipline inspection; nobody who decided on the item, and not the objector."""
    if not holds(user, Role.DISCIPLINE):
        return no(_("Only discipline inspection decides on objections."))
    if objection.filed_by_id == user.pk:
        return no(_("You filed this objection yourself, so somebody else decides on it."), "own_objection")
    need = objection.notice.challenge
    if need is not None and is_member(user, need.poster_id):
        return no(OWN_CASE, "own_case")
    if user.pk in deciders:
        return no(_("You took part in the decision on this item, so somebody else decides on the objection."), "decided_before")
    return YES


def may_admit_objection(user, objection: Objection, deciders: Collection[UUID]) -> Verdict:
    """As above, for a filed objection; the same for refusing it."""
    if not (verdict := may_handle_objection(user, objection, deciders)):
        return verdict
    if objection.state != ObjectionState.FILED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES


def may_decide_objection(user, objection: Objection, deciders: Collection[UUID]) -> Verdict:
    """As above, for an admitted objection."""
    if not (verdict := may_handle_objection(user, objection, deciders)):
        return verdict
    if objection.state != ObjectionState.ADMITTED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES
