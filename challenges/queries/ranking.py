"""What a panel came to: progress while it scores, figures and ranks once it is locked."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from challenges.models import Assignment, Bid, Candidate, Panel, Score, Sheet, SheetPoint
from challenges.policy.marking import Marked, marked
from challenges.queries.reviewing import TO_SCORE, candidates_to_score, criteria_of, standing, valid_sheets
from challenges.states import AssignmentState, SheetState


@dataclass(frozen=True)
class Progress:
    """How far the scoring is: sheets in and due, seats filled, and whose sheets are missing."""

    sheets_in: int
    sheets_due: int
    accepted: int
    invited: int
    waiting_for: tuple[Assignment, ...]

    @property
    def complete(self) -> bool:
        """Whether every seat taken has handed in every sheet."""
        return self.sheets_in == self.sheets_due and not self.invited and self.accepted > 0


@dataclass(frozen=True)
class Line:
    """One candidate of a locked panel with its bid, score and sheets by seat."""

    candidate: Candidate
    bid: Bid
    score: Score | None
    sheets: Sequence[Sheet] = ()


def progress_of(panel: Panel) -> Progress:
    """How many sheets are in and how many are due; no scores."""
    candidates = candidates_to_score(panel).count()
    handed_in = Count(
        "sheets", filter=Q(sheets__state=SheetState.SUBMITTED) & standing("sheets__candidate__"), distinct=True
    )
    seats = panel.assignments.filter(state__in=AssignmentState.live()).select_related("expert__user")
    seats = list(seats.annotate(handed_in=handed_in).order_by("seat"))
    accepted = [seat for seat in seats if seat.state == AssignmentState.ACCEPTED]
    return Progress(
        sheets_in=sum(seat.handed_in for seat in accepted),
        sheets_due=candidates * len(accepted),
        accepted=len(accepted),
        invited=len(seats) - len(accepted),
        waiting_for=tuple(seat for seat in seats if seat.handed_in < candidates),
    )


def marks_of(panel: Panel) -> dict[UUID, list[Marked]]:
    """The valid sheets of every candidate as policy reads them."""
    technical = frozenset(str(criterion.pk) for criterion in criteria_of(panel) if criterion.technical)
    points = Prefetch("points", queryset=SheetPoint.objects.order_by("pk"))
    marks: dict[UUID, list[Marked]] = {candidate.pk: [] for candidate in candidates_to_score(panel)}
    for sheet in valid_sheets(panel).select_related("assignment").prefetch_related(points):
        given: dict[str, Decimal] = {str(point.criterion_id): point.points for point in sheet.points.all()}
        marks[sheet.candidate_id].append(marked(str(sheet.pk), sheet.assignment.seat, given, technical))
    return marks


def result_of(panel: Panel, *, with_sheets: bool) -> list[Line]:
    """The candidates of a locked panel by rank, those without a score last; sheets only for who may read them."""
    candidates = panel.candidates.select_related("of_bid__bid__lead", "of_bid__bid__document", "score")
    candidates = candidates.prefetch_related("of_bid__bid__parties")
    sheets: dict[UUID, list[Sheet]] = {}
    if with_sheets:
        for sheet in valid_sheets(panel).select_related("assignment").order_by("assignment__seat"):
            sheets.setdefault(sheet.candidate_id, []).append(sheet)
    lines = [
        Line(candidate, candidate.of_bid.bid, getattr(candidate, "score", None), sheets.get(candidate.pk, ()))
        for candidate in candidates
    ]
    return sorted(lines, key=lambda line: (line.score is None, line.score.rank if line.score else 0, line.candidate.label))


def scored_bids(panel: Panel) -> QuerySet[Bid]:
    """The bids a panel scores, or has scored."""
    return Bid.objects.filter(candidacies__candidate__panel=panel, state__in=TO_SCORE)


def score_of(bid: Bid) -> Score | None:
    """The latest official score of a bid."""
    scores = Score.objects.filter(candidate__of_bid__bid=bid).select_related("candidate__panel__rules")
    return scores.order_by("-candidate__panel__convened_at").first()


def comments_on(score: Score) -> list[str]:
    """The overall comments of the experts on a candidate, without names and in an order that tells nothing."""
    sheets = Sheet.objects.filter(
        candidate_id=score.candidate_id, state=SheetState.SUBMITTED, assignment__state=AssignmentState.ACCEPTED
    )
    return sorted(sheets.exclude(comment="").values_list("comment", flat=True))
