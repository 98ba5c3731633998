"""Locking a panel: official scores, ranks, and what becomes of the bids."""

from decimal import Decimal

import pytest

from challenges.actions.drawing import name_experts
from challenges.actions.ranking import lock_panel
from challenges.actions.reviewing import recuse, save_sheet, submit_sheet
from challenges.models import Bid, Panel, Score
from challenges.queries.ranking import progress_of
from challenges.states import BidState, ChallengeState
from portal.clock import portal_now
from portal.kernel.errors import NotAllowed, Refused, WrongState
from portal.models import Event, Grant, Message, Role
from tests.making.people import LONG_AGO


def states(panel):
    bids = Bid.objects.filter(candidacies__candidate__panel=panel).select_related("challenge").order_by("lead__name")
    return [bid.state for bid in bids], bids[0].challenge.state


def test_the_worked_example(make, clock):
    bids = make.qualified_bids(clock, count=3)
    panel = make.scored_panel(clock, bids)
    now = portal_now()

    lock_panel(panel.pk, by=make.case_officer(), now=now)

    figures = Score.objects.order_by("rank").values_list(
        "candidate__of_bid__bid", "official", "plain_mean", "rank", "sheets", "passed", "tied"
    )
    assert list(figures) == [
        (bids[0].pk, Decimal("88.80"), Decimal("88.71"), 1, 7, True, False),
        (bids[1].pk, Decimal("86.00"), Decimal("86.00"), 2, 7, True, False),
        (bids[2].pk, Decimal("77.40"), Decimal("77.14"), 3, 7, True, False),
    ]
    dropped = Score.objects.get(rank=1).dropped
    assert sorted(bids[0].candidacies.get().candidate.sheets.filter(pk__in=dropped).values_list("total", flat=True)) == [84, 93]
    assert states(panel) == ([BidState.RANKED] * 3, ChallengeState.EVALUATED)
    assert Panel.objects.get(pk=panel.pk).locked_at == now
    assert set(Message.objects.filter(kind="bid_ranked").values_list("facts__lead", flat=True)) == {b.lead.name for b in bids}
    assert Message.objects.filter(kind="bids_ranked", to=make.administrator(bids[0].challenge.poster)).count() == 1
    assert "88.80" not in "".join(Event.objects.values_list("body", flat=True))
    with pytest.raises(WrongState):
        lock_panel(panel.pk, by=make.division_head(), now=now)


def test_bids_below_the_pass_mark_are_out_and_the_rest_is_ranked(make, clock):
    bids = make.qualified_bids(clock, count=2)
    panel = make.locked_panel(clock, bids, totals=[(80,) * 5, (69, 70, 70, 70, 69)])

    assert states(panel) == ([BidState.RANKED, BidState.NOT_SELECTED], ChallengeState.EVALUATED)
    assert list(Score.objects.order_by("rank").values_list("official", "passed")) == [(80, True), (Decimal("69.67"), False)]
    assert Message.objects.filter(kind="bid_below_pass_mark", to=make.administrator(bids[1].lead)).count() == 1


def test_exactly_the_pass_mark_passes_and_where_none_does_the_board_has_failed(make, clock):
    assert states(make.locked_panel(clock, totals=[(70,) * 5]))[1] == ChallengeState.EVALUATED

    panel = make.locked_panel(clock, make.qualified_bids(clock, make.board(), count=1), totals=[(60,) * 5])

    assert states(panel) == ([BidState.NOT_SELECTED], ChallengeState.FAILED)
    assert Message.objects.filter(kind="no_bid_passed").exists()


def test_equal_scores_are_parted_by_technical_points_then_by_price_or_stay_tied(make, clock):
    bids = make.qualified_bids(clock, prices=("1200", "1100", "1100"))
    panel = make.seated_panel(clock, bids)
    criteria = list(panel.rubric.criteria.order_by("position"))
    technical, other = criteria[0], criteria[2]
    def hand_in(seat, bid, shift):
        points = make.points(panel, 80)
        points[technical.pk] += shift
        points[other.pk] -= shift
        sheet = save_sheet(
            seat.pk, make.candidate(panel, bid).pk, points=points, comments={}, comment="好", by=seat.expert.user, now=portal_now()
        )
        submit_sheet(sheet.pk, by=seat.expert.user, now=portal_now())

    for seat in make.seats(panel):
        hand_in(seat, bids[0], Decimal(1))
        hand_in(seat, bids[1], Decimal(0))
        hand_in(seat, bids[2], Decimal(0))
    lock_panel(panel.pk, by=make.case_officer(), now=portal_now())

    ranks = {score.candidate.of_bid.bid_id: (score.rank, score.tied) for score in Score.objects.all()}
    assert ranks == {bids[0].pk: (1, False), bids[1].pk: (2, True), bids[2].pk: (2, True)}


def test_the_lower_price_parts_equal_technical_scores(make, clock):
    bids = make.qualified_bids(clock, prices=("1200", "1100"))
    make.locked_panel(clock, bids, totals=[(80,) * 5, (80,) * 5])

    assert list(Score.objects.order_by("rank").values_list("candidate__of_bid__bid", flat=True)) == [bids[1].pk, bids[0].pk]
    assert not Score.objects.filter(tied=True).exists()


def test_nothing_is_locked_before_every_seat_has_handed_in_everything(make, clock):
    panel = make.named_panel(clock, count=1)
    seats, candidate = make.seats(panel), panel.candidates.get()
    for seat in seats[:4]:
        make.accept(seat)
        make.hand_in(seat, candidate)

    def refused():
        with pytest.raises(Refused) as refusal:
            lock_panel(panel.pk, by=make.case_officer(), now=portal_now())
        return refusal.value.code, dict(refusal.value.facts)

    assert refused() == ("sheets_missing", {"sheets_in": 4, "sheets_due": 4, "invited": 1})
    make.accept(seats[4])
    assert refused() == ("sheets_missing", {"sheets_in": 4, "sheets_due": 5, "invited": 0})
    recuse(seats[4].pk, why="利益关系", by=seats[4].expert.user, now=portal_now())
    assert refused() == ("too_few_experts", {"accepted": 4, "least": 5})
    assert progress_of(panel).sheets_in == 4

    [seat] = name_experts(panel.pk, experts=[make.expert().pk], by=make.draw_clerk(), now=portal_now())
    make.accept(make.seats(panel)[-1])
    make.hand_in(make.seats(panel)[-1], candidate)
    lock_panel(panel.pk, by=make.division_head(), now=portal_now())
    assert Score.objects.get().sheets == 5 and seat.seat == 6


def test_only_an_officer_or_the_division_head_locks_and_nobody_who_scores(make, clock):
    panel = make.scored_panel(clock, totals=[(80,) * 5])
    scorer = make.seats(panel)[0].expert.user
    Grant.objects.create(user=scorer, role=Role.OFFICER, starts_on=LONG_AGO)
    scorer = type(scorer).objects.get(pk=scorer.pk)

    for by in (make.draw_clerk(), make.official(Role.LEADER), make.official(Role.AUDITOR), scorer):
        with pytest.raises(NotAllowed):
            lock_panel(panel.pk, by=by, now=portal_now())

    assert Score.objects.count() == 0
