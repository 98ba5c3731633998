"""An expert's seat: accept and declare, decline or step back; score each candidate and hand in."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.locks import lock_assignment, lock_panel, lock_sheet
from challenges.messages import panels as messages
from challenges.models import Assignment, Candidate, Sheet, SheetPoint
from challenges.permissions.reviewing import (
    may_accept_seat,
    may_decline_seat,
    may_recuse,
    may_score,
    may_submit_sheet,
)
from challenges.policy.scoring import check_points, sum_of_points
from challenges.queries.drawing import challenge_id_of, conflicts_of, vacancies_of
from challenges.queries.places import cases_of
from challenges.queries.ranking import progress_of
from challenges.queries.reviewing import candidates_to_score, criteria_of, digest_of, overdue_invitations, points_of
from challenges.states import AssignmentState, SheetState
from portal.actions.duties import take_duty
from portal.clock import CLOCK, china_date
from portal.duties import Duty
from portal.kernel.errors import Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import User
from portal.tell import tell
from portal.transition import move

STEP = Decimal("0.01")
LONGEST = 4000


@transaction.atomic
def accept_seat(assignment_id: UUID, *, declares_no_conflict: bool, by: User, now: datetime) -> Assignment:
    """Take the seat with the declaration: no conflict of interest with any candidate, and everything confidential.

    Raises NotAllowed (``invitation_expired`` after the last moment), WrongState on a second click,
    Refused ``seat_in_conflict``, Incomplete ``declaration_missing``.
    """
    seat = _hold(assignment_id)
    require(may_accept_seat(by, seat, now=now))
    _refuse_conflict(seat, now)
    take_duty(Duty.SCORES, *cases_of(seat.panel), by=by, now=now)
    if not declares_no_conflict:
        raise Incomplete("declarations_missing", field="declares_no_conflict", missing=["declares_no_conflict"])
    seat.answered_at = seat.declared_at = now
    event = move(
        seat,
        to=AssignmentState.ACCEPTED,
        by=by,
        also=["answered_at", "declared_at"],
        facts={"declares": ["no_conflict", "confidentiality"]},
        case_id=challenge_id_of(seat.panel_id),
    )
    accepted = seat.panel.assignments.filter(state=AssignmentState.ACCEPTED).count()
    if accepted == seat.panel.size:
        tell(messages.PANEL_FILLED, seat.panel, because=event)
    return seat


@transaction.atomic
def decline_seat(assignment_id: UUID, *, why: str, by: User, now: datetime) -> Assignment:
    """Refuse an invitation with the reason; the draw clerk names another. Raises NotAllowed, WrongState, Incomplete."""
    seat = _hold(assignment_id)
    require(may_decline_seat(by, seat))
    return _leave(seat, AssignmentState.DECLINED, why=why, by=by, now=now)


@transaction.atomic
def recuse(assignment_id: UUID, *, why: str, by: User, now: datetime) -> Assignment:
    """Step back because of a conflict learnt of later; sheets already handed in are set aside, unchanged.

    Raises NotAllowed, WrongState once the scores are locked, Incomplete ``reason_missing``.
    """
    seat = _hold(assignment_id)
    require(may_recuse(by, seat))
    case = challenge_id_of(seat.panel_id)
    for pk in seat.sheets.filter(state=SheetState.SUBMITTED).order_by("pk").values_list("pk", flat=True):
        move(lock_sheet(pk), to=SheetState.SET_ASIDE, by=by, case_id=case)
    return _leave(seat, AssignmentState.RECUSED, why=why, by=by, now=now)


@transaction.atomic
def expire_invitation(assignment_id: UUID, *, by: User | None = CLOCK, now: datetime) -> None:
    """End an invitation that was not answered in time; returns quietly where it was, or has time left."""
    seat = _hold(assignment_id)
    if seat.state != AssignmentState.INVITED or now <= seat.answer_by:
        return
    event = move(seat, to=AssignmentState.EXPIRED, by=by, case_id=challenge_id_of(seat.panel_id))
    tell(messages.SEAT_EXPIRED, seat, because=event)
    if vacancies_of(seat.panel):
        tell(messages.SEAT_FREE, seat, because=event)


def expire_invitations(*, now: datetime) -> int:
    """End every invitation that was not answered in time; returns how many were looked at."""
    overdue = list(overdue_invitations(now))
    for assignment_id in overdue:
        expire_invitation(assignment_id, now=now)
    return len(overdue)


@transaction.atomic
def save_sheet(
    assignment_id: UUID,
    candidate_id: UUID,
    *,
    points: Mapping[UUID, Decimal | None],
    comments: Mapping[UUID, str],
    comment: str,
    by: User,
    now: datetime,
) -> Sheet:
    """Keep the draft of a score sheet as far as it is filled in; points and words by criterion.

    Points lie between 0 and the criterion's weight, at most two digits after the point. Raises
    NotAllowed ``declaration_missing``, WrongState, NotFound for a candidate of another panel,
    Refused ``points_out_of_range``, ``points_off_step``, ``unknown_criterion``.
    """
    seat = _hold(assignment_id)
    require(may_score(by, seat))
    candidate = _candidate_of(seat, candidate_id)
    sheet = seat.sheets.select_for_update().filter(candidate=candidate).first()
    if sheet:
        require(may_submit_sheet(by, sheet))
    criteria = {str(criterion.pk): criterion for criterion in criteria_of(seat.panel)}
    given = {str(key): value for key, value in points.items() if value is not None}
    words = {str(key): value.strip() for key, value in comments.items() if value.strip()}
    if unknown := (given.keys() | words.keys()) - criteria.keys():
        raise Refused("unknown_criterion", criterion=min(unknown))
    check_points(given, {key: (str(criteria[key]), criteria[key].weight_percent) for key in given}, step=STEP)
    _check_words([*words.values(), comment])
    sheet = sheet or Sheet.objects.create(assignment=seat, candidate=candidate)
    sheet.comment = comment.strip()
    sheet.save(update_fields=["comment"])
    sheet.points.all().delete()
    SheetPoint.objects.bulk_create(
        SheetPoint(sheet=sheet, criterion=criterion, points=given.get(key), comment=words.get(key, ""))
        for key, criterion in criteria.items()
        if key in given or key in words
    )
    return sheet


@transaction.atomic
def submit_sheet(sheet_id: UUID, *, by: User, now: datetime) -> Sheet:
    """Hand in an expert's scores for one candidate; the sheet is immutable from here on.

    Its total is the exact sum of the points, its digest the SHA-256 of the canonical sheet.
    Raises NotAllowed, WrongState ``sheet_handed_in``, Refused ``seat_in_conflict`` where a conflict came up
    since the seat was taken, Incomplete ``points_missing`` or ``comment_missing``.
    """
    found = Sheet.objects.filter(pk=sheet_id).values_list("assignment_id", flat=True).first()
    if found is None:
        raise NotFound()
    seat = _hold(found)
    sheet = lock_sheet(sheet_id)
    require(may_submit_sheet(by, sheet))
    _refuse_conflict(seat, now)
    points = points_of(sheet)
    criteria = {str(criterion.pk): (str(criterion), criterion.weight_percent) for criterion in criteria_of(seat.panel)}
    check_points({key: given for key, (given, _words) in points.items()}, criteria, step=STEP)
    if not sheet.comment:
        raise Incomplete("comment_missing", field="comment", missing=["comment"])
    sheet.total = sum_of_points(given for given, _words in points.values())
    sheet.digest, sheet.submitted_at = digest_of(sheet, points), now
    event = move(
        sheet,
        to=SheetState.SUBMITTED,
        by=by,
        also=["total", "digest", "submitted_at"],
        facts={"digest": sheet.digest},
        case_id=challenge_id_of(seat.panel_id),
    )
    if progress_of(seat.panel).complete:
        tell(messages.PANEL_COMPLETE, seat.panel, because=event)
    return sheet


def _refuse_conflict(seat: Assignment, now: datetime) -> None:
    conflicts = conflicts_of(seat, on=china_date(now))
    if conflicts:
        raise Refused("seat_in_conflict", reason=conflicts[0].code)


def _hold(assignment_id: UUID) -> Assignment:
    """Hold a seat and, before it, its panel, which nobody can lock meanwhile."""
    panel_id = Assignment.objects.filter(pk=assignment_id).values_list("panel_id", flat=True).first()
    if panel_id is None:
        raise NotFound()
    panel = lock_panel(panel_id)
    seat = lock_assignment(assignment_id)
    seat.panel = panel
    return seat


def _leave(seat: Assignment, to: AssignmentState, *, why: str, by: User, now: datetime) -> Assignment:
    if not why.strip():
        raise Incomplete(
            "reason_missing", _("A reason is missing. Write why you do not take part."), field="why", missing=["why"]
        )
    _check_words([why], field="why")
    seat.answered_at, seat.reason = seat.answered_at or now, why.strip()
    event = move(
        seat, to=to, by=by, also=["answered_at", "reason"], why=why.strip(), case_id=challenge_id_of(seat.panel_id)
    )
    tell(messages.SEAT_FREE, seat, because=event)
    return seat


def _candidate_of(seat: Assignment, candidate_id: UUID) -> Candidate:
    candidate = candidates_to_score(seat.panel).filter(pk=candidate_id).first()
    if candidate is None:
        raise NotFound()
    return candidate


def _check_words(texts: list[str], field: str = "comment") -> None:
    for text in texts:
        if len(text) > LONGEST:
            raise Incomplete("too_long", length=len(text), most=LONGEST, field=field)
