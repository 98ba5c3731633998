"""Seats and score sheets: an expert's own, and others' once one's own are in."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Count, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from challenges.models import Assignment, BidFile, Candidate, Criterion, Panel, Sheet
from challenges.states import AssignmentState, BidState, SheetState
from portal.kernel.canonical import digest
from portal.permissions import reads_cases
from portal.queries.people import READERS, in_programmes

TO_SCORE = (BidState.QUALIFIED, BidState.RANKED, BidState.SELECTED, BidState.RESERVE, BidState.NOT_SELECTED)
"""States of a bid that a panel scores, or has scored."""


def standing(path: str = "") -> Q:
    """Candidates that are scored: all but bids that were withdrawn or disqualified; ``path`` leads to the candidate."""
    return Q(**{f"{path}of_bid__isnull": True}) | Q(**{f"{path}of_bid__bid__state__in": TO_SCORE})


def seats_of(user) -> QuerySet[Assignment]:
    """A person's own seats; start every page and API read of an expert here."""
    if user is None or not user.is_authenticated:
        return Assignment.objects.none()
    return Assignment.objects.filter(expert_id=user.pk).select_related("panel__rubric", "panel__rules", "expert")


def listed(user) -> QuerySet[Assignment]:
    """A person's seats for a list, those that wait first, with how many sheets are handed in."""
    waiting = Case(When(state__in=AssignmentState.live(), panel__locked_at__isnull=True, then=0), default=1)
    handed_in = Count("sheets", filter=Q(sheets__state=SheetState.SUBMITTED))
    candidates = Candidate.objects.filter(standing(), panel=OuterRef("panel"))
    due = candidates.order_by().values("panel").annotate(n=Count("pk")).values("n")
    seats = seats_of(user).annotate(waiting=waiting, handed_in=handed_in, due=Coalesce(Subquery(due), 0))
    return seats.order_by("waiting", "panel__due_at", "-invited_at", "pk")


def own_sheets(seat: Assignment) -> QuerySet[Sheet]:
    """The sheets of a seat with their points."""
    return seat.sheets.select_related("candidate", "assignment__panel").prefetch_related("points")


def sheets_of_others(seat: Assignment) -> list[Sheet]:
    """The other experts' sheets, by candidate and seat, once every own sheet is handed in; before that none."""
    if seat.state != AssignmentState.ACCEPTED or unscored_by(seat).exists():
        return []
    sheets = valid_sheets(seat.panel).exclude(assignment=seat).select_related("assignment", "candidate")
    return list(sheets.order_by("candidate__label", "assignment__seat"))


def sheets_visible_to(user) -> QuerySet[Sheet]:
    """Sheets this person may read: own; all of a locked panel for the bureau; the panel's once own are handed in."""
    if user is None or not user.is_authenticated:
        return Sheet.objects.none()
    allowed = Q(assignment__expert_id=user.pk)
    if reads_cases(user):
        known = in_programmes(user, *READERS, path="assignment__panel__rules__programme")
        allowed |= Q(assignment__panel__locked_at__isnull=False) & known
    done = [seat.panel_id for seat in seats_of(user).filter(state=AssignmentState.ACCEPTED) if not unscored_by(seat).exists()]
    allowed |= Q(assignment__panel__in=done, state=SheetState.SUBMITTED)
    return Sheet.objects.filter(allowed).select_related("assignment__panel__rubric", "candidate")


def candidates_to_score(panel: Panel) -> QuerySet[Candidate]:
    """The candidates whose bids still stand; a bid withdrawn or disqualified meanwhile is not scored."""
    return panel.candidates.filter(standing()).select_related("of_bid__bid").order_by("label")


def unscored_by(seat: Assignment) -> QuerySet[Candidate]:
    """The candidates for which a seat has no sheet handed in."""
    handed_in = Sheet.objects.filter(assignment=seat, state=SheetState.SUBMITTED).values("candidate_id")
    return candidates_to_score(seat.panel).exclude(pk__in=handed_in)


def valid_sheets(panel: Panel) -> QuerySet[Sheet]:
    """The sheets that count: handed in by experts who still hold their seats, for what still stands."""
    return Sheet.objects.filter(
        standing("candidate__"),
        assignment__panel=panel,
        assignment__state=AssignmentState.ACCEPTED,
        state=SheetState.SUBMITTED,
    )


def criteria_of(panel: Panel) -> list[Criterion]:
    """The rubric's criteria in their order."""
    return list(panel.rubric.criteria.order_by("position"))


def overdue_invitations(now: datetime) -> QuerySet[UUID]:
    """The ids of seats whose invitation was not answered in time."""
    return (
        Assignment.objects.filter(state=AssignmentState.INVITED, answer_by__lt=now)
        .order_by("answer_by", "pk")
        .values_list("pk", flat=True)
    )


def files_to_read(seat: Assignment, candidate: Candidate) -> QuerySet[BidFile]:
    """The files of a candidate's bid, for an expert who has declared and while the panel scores."""
    if seat.state != AssignmentState.ACCEPTED or seat.panel.locked_at:
        return BidFile.objects.none()
    return BidFile.objects.filter(bid__candidacies__candidate=candidate).select_related("file").order_by("file__name")


def points_of(sheet: Sheet) -> dict[str, tuple[object, str]]:
    """A sheet's points and words, by the id of the criterion."""
    return {str(point.criterion_id): (point.points, point.comment) for point in sheet.points.all()}


def digest_of(sheet: Sheet, points: Mapping[str, tuple[object, str]]) -> str:
    """The SHA-256 of the canonical sheet: who scored what how, with every word, in one fixed spelling."""
    return digest(
        {
            "v": 1,
            "panel": str(sheet.assignment.panel_id),
            "seat": str(sheet.assignment_id),
            "expert": str(sheet.assignment.expert_id),
            "candidate": str(sheet.candidate_id),
            "points": [
                {"criterion": criterion, "points": f"{given:.2f}", "comment": comment}
                for criterion, (given, comment) in sorted(points.items())
            ],
            "comment": sheet.comment,
            "total": f"{sheet.total:.3f}",
        }
    )
