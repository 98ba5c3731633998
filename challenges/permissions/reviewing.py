"""Who answers an invitation, scores, and hands in: the expert of the seat and nobody else."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from challenges.models import Assignment, Sheet
from challenges.queries.places import cases_of
from challenges.states import AssignmentState, SheetState
from portal.apart import apart
from portal.duties import Duty
from portal.kernel.errors import WrongState
from portal.kernel.verdict import YES, Verdict, no

ANSWERED = _("This invitation was answered or has ended. Open your reviews to see where it stands.")
LOCKED = _("The scoring of this panel is over, so nothing can be changed any more.")


def may_accept_seat(user, assignment: Assignment, *, now: datetime) -> Verdict:
    """The invited expert, up to and including the moment by which an answer is due."""
    if not (verdict := may_decline_seat(user, assignment)):
        return verdict
    if now > assignment.answer_by:
        return no(
            _("The time to answer this invitation ended on %(answer_at)s. Ask the bureau if you still can take part."),
            "invitation_expired",
            answer_at=assignment.answer_by,
        )
    return apart(user, Duty.SCORES, *cases_of(assignment.panel))


def may_decline_seat(user, assignment: Assignment) -> Verdict:
    """The invited expert, while the invitation stands."""
    if not (verdict := _own_seat(user, assignment)):
        return verdict
    if assignment.state != AssignmentState.INVITED:
        return no(ANSWERED, "wrong_state", WrongState)
    return YES


def may_recuse(user, assignment: Assignment) -> Verdict:
    """An expert who learns of a conflict, at any time before the scores are locked."""
    if not (verdict := _own_seat(user, assignment)):
        return verdict
    if assignment.state not in AssignmentState.live():
        return no(ANSWERED, "wrong_state", WrongState)
    return YES


def may_score(user, assignment: Assignment) -> Verdict:
    """The expert who accepted the seat and declared, until the scores are locked."""
    if not (verdict := _own_seat(user, assignment)):
        return verdict
    if assignment.state == AssignmentState.INVITED:
        return no(
            _("Accept the invitation and sign the two declarations first; then the bids can be read and scored."),
            "declaration_missing",
        )
    if assignment.state != AssignmentState.ACCEPTED:
        return no(ANSWERED, "wrong_state", WrongState)
    return YES


def may_submit_sheet(user, sheet: Sheet) -> Verdict:
    """The expert of the seat, as long as the sheet was not handed in."""
    if not (verdict := may_score(user, sheet.assignment)):
        return verdict
    if sheet.state not in (SheetState.DRAFT, SheetState.REOPENED):
        return no(
            _("This sheet was handed in and cannot be changed any more."), "sheet_handed_in", WrongState
        )
    return YES


def _own_seat(user, assignment: Assignment) -> Verdict:
    if user is None or assignment.expert_id != user.pk:
        return no(_("This seat belongs to another expert."))
    if assignment.panel.locked_at:
        return no(LOCKED, "wrong_state", WrongState)
    return YES
