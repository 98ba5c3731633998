"""Panels, seats, sheets and scores."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from challenges.actions import drawing, ranking, reviewing
from challenges.models import Assignment, Bid, Candidate, Panel, Sheet
from challenges.states import AssignmentState
from portal.clock import portal_now
from portal.kernel.money import split
from portal.models import Role, User

WORKED = (
    (91, 88, 90, 86, 93, 89, 84),
    (85, 87, 82, 90, 84, 86, 88),
    (78, 74, 80, 82, 76, 71, 79),
)
"""The sheet totals of the worked example, a row for each bid and a column for each seat."""

COMMENT = "实测数据充分，路线与指标对应清楚。"


class Panels:
    """Panels, each reached by the actions people would take."""

    def draw_clerk(self) -> User:
        """The bureau's draw clerk, the same one each time."""
        return self._once("draw_clerk", lambda: self.official(Role.DRAW_CLERK))

    def division_head(self) -> User:
        """The head of the division, the same one each time."""
        return self._once("division_head", lambda: self.official(Role.DIVISION_HEAD))

    def panel(self, clock, bids: Sequence[Bid] = (), *, size: int = 5, due_at: datetime | None = None, **made) -> Panel:
        """A panel on qualified bids (these, or new ones as ``qualified_bids`` makes them), without experts."""
        bids = bids or self.qualified_bids(clock, **made)
        now = portal_now()
        return drawing.convene_panel(
            bids[0].challenge_id, size=size, due_at=due_at or now + timedelta(days=9), by=self.case_officer(), now=now
        )

    def named_panel(self, clock, bids: Sequence[Bid] = (), *, size: int = 5, **made) -> Panel:
        """A panel whose experts are invited."""
        panel = self.panel(clock, bids, size=size, **made)
        experts = [self.expert().pk for _ in range(size)]
        drawing.name_experts(panel.pk, experts=experts, by=self.draw_clerk(), now=portal_now())
        return panel

    def seated_panel(self, clock, bids: Sequence[Bid] = (), *, size: int = 5, **made) -> Panel:
        """A panel whose experts have accepted and declared."""
        panel = self.named_panel(clock, bids, size=size, **made)
        for seat in self.seats(panel):
            self.accept(seat)
        return panel

    def scored_panel(self, clock, bids: Sequence[Bid] = (), *, totals: Sequence[Sequence[int]] = WORKED, **made) -> Panel:
        """A panel with every sheet handed in; ``totals`` has a row for each bid in the order given."""
        bids = list(bids) or self.qualified_bids(clock, count=len(totals), **made)
        panel = self.seated_panel(clock, bids, size=len(totals[0]))
        for bid, row in zip(bids, totals, strict=True):
            candidate = self.candidate(panel, bid)
            for seat, total in zip(self.seats(panel), row, strict=True):
                self.hand_in(seat, candidate, total)
        return panel

    def locked_panel(self, clock, bids: Sequence[Bid] = (), *, totals: Sequence[Sequence[int]] = WORKED, **made) -> Panel:
        """A panel whose scores are locked; by default with the figures of the worked example."""
        panel = self.scored_panel(clock, bids, totals=totals, **made)
        ranking.lock_panel(panel.pk, by=self.case_officer(), now=portal_now())
        return Panel.objects.select_related("rules", "rubric").get(pk=panel.pk)

    def seats(self, panel: Panel) -> list[Assignment]:
        """The seats that are taken, in their order."""
        seats = panel.assignments.filter(state__in=AssignmentState.live()).select_related("expert__user", "panel")
        return list(seats.order_by("seat"))

    def accept(self, seat: Assignment) -> Assignment:
        """The expert takes the seat and declares."""
        return reviewing.accept_seat(seat.pk, declares_no_conflict=True, by=seat.expert.user, now=portal_now())

    def candidate(self, panel: Panel, bid: Bid) -> Candidate:
        """What stands for a bid before a panel."""
        return panel.candidates.get(of_bid__bid=bid)

    def bids_of(self, panel: Panel) -> list[Bid]:
        """The bids of a panel in the order in which they were made."""
        bids = Bid.objects.filter(candidacies__candidate__panel=panel).select_related("lead", "challenge__poster")
        return list(bids.order_by("created_at", "lead__name"))

    def points(self, panel: Panel, total: int) -> dict:
        """Points for every criterion that come to ``total``."""
        criteria = list(panel.rubric.criteria.order_by("position"))
        parts = split(total, [int(criterion.weight_percent) for criterion in criteria])
        return {criterion.pk: Decimal(part) for criterion, part in zip(criteria, parts, strict=True)}

    def sheet(self, seat: Assignment, candidate: Candidate, total: int = 80) -> Sheet:
        """A complete draft of a sheet."""
        return reviewing.save_sheet(
            seat.pk,
            candidate.pk,
            points=self.points(seat.panel, total),
            comments={},
            comment=COMMENT,
            by=seat.expert.user,
            now=portal_now(),
        )

    def hand_in(self, seat: Assignment, candidate: Candidate, total: int = 80) -> Sheet:
        """A sheet, filled in and handed in."""
        sheet = self.sheet(seat, candidate, total)
        return reviewing.submit_sheet(sheet.pk, by=seat.expert.user, now=portal_now())
