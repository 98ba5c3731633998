"""Who may object to an item of a public notice, and who decides on objections."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from challenges.models import Objection, PublicNotice
from challenges.queries.notice_items import items_of
from challenges.queries.notices import programme_of_notice
from challenges.queries.objections import items_objected_to
from challenges.queries.places import places_of
from challenges.states import ObjectionState
from portal.apart import apart
from portal.clock import china_date
from portal.duties import Duty
from portal.kernel.errors import Clash, WrongState
from portal.kernel.verdict import YES, Verdict, no
from portal.models import Role
from portal.permissions import AUDITS, holds, holds_everywhere, only_reads

OBJECTED = _("You have an open objection to this item already. Wait for its answer.")
MOVED_ON = _("This objection has moved on since you opened the page. Open it again to see where it stands.")


def may_file_objection(user, notice: PublicNotice, *, now: datetime) -> Verdict:
    """Anybody who is signed in, with a real name, from the first day to the end of the last; once to each item."""
    if user is None or not user.is_authenticated:
        return no(_("Sign in first: an objection carries a real name."), "not_signed_in")
    if only_reads(user):
        return no(AUDITS, "auditor_only_reads")
    if china_date(now) < notice.starts_on:
        return no(_("This notice has not begun. Objections are taken from its first day on."), "notice_not_begun")
    if now >= notice.ends_at or notice.ended_at is not None:
        return no(_("This notice is over, so objections to it are not accepted any more."), "notice_over", WrongState)
    if (objected := items_objected_to(user, notice)) and objected >= {each.id for each in items_of(notice)}:
        return no(OBJECTED, "objection_open", Clash)
    return YES


def may_handle_objection(user, objection: Objection) -> Verdict:
    """Discipline inspection; nobody who took part in the case, of a party or of the city, and not the objector."""
    if not _inspects(user, objection):
        return no(_("Only discipline inspection decides on objections."))
    return apart(user, Duty.HANDLES_OBJECTION, *places_of(objection))


def _inspects(user, objection: Objection) -> bool:
    if not holds(user, Role.DISCIPLINE) or holds_everywhere(user, Role.DISCIPLINE):
        return holds(user, Role.DISCIPLINE)
    return holds(user, Role.DISCIPLINE, programme_id=programme_of_notice(objection.notice))


def may_admit_objection(user, objection: Objection) -> Verdict:
    """As above, for a filed objection; the same for refusing it."""
    if not (verdict := may_handle_objection(user, objection)):
        return verdict
    if objection.state != ObjectionState.FILED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES


def may_decide_objection(user, objection: Objection) -> Verdict:
    """As above, for an admitted objection."""
    if not (verdict := may_handle_objection(user, objection)):
        return verdict
    if objection.state != ObjectionState.ADMITTED:
        return no(MOVED_ON, "wrong_state", WrongState)
    return YES
