"""The poster's choice."""

import pytest

from challenges.actions.selecting import select_bid
from challenges.models import Selection
from challenges.states import BidState, ChallengeState
from portal.clock import portal_now
from portal.kernel.errors import Clash, Incomplete, NotAllowed, NotFound, WrongState
from portal.models import Event, MemberRole, Message
from portal.record import words_of

THREE = [(90,) * 5, (80,) * 5, (75,) * 5]


def test_the_first_in_rank_is_selected_without_a_reason_and_everybody_is_told(make, clock):
    bids = make.qualified_bids(clock, count=3)
    make.locked_panel(clock, bids, totals=THREE)
    admin, now = make.administrator(bids[0].challenge.poster), portal_now()

    select_bid(bids[0].pk, by=admin, now=now)

    assert [make.fresh_bid(bid).state for bid in bids] == [BidState.SELECTED, BidState.RESERVE, BidState.RESERVE]
    assert list(Selection.objects.values_list("bid", "rank", "reason", "by")) == [(bids[0].pk, 1, "", admin.pk)]
    assert make.fresh_bid(bids[0]).challenge.state == ChallengeState.EVALUATED
    told = {kind: set(Message.objects.filter(kind=kind).values_list("to_id", flat=True)) for kind in (
        "bid_selected", "bid_in_reserve", "selection_made")}  # fmt: skip
    assert make.administrator(bids[0].lead).pk in told["bid_selected"]
    assert {make.administrator(bid.lead).pk for bid in bids[1:]} <= told["bid_in_reserve"]
    assert {admin.pk, make.case_officer().pk} <= told["selection_made"]


def test_another_than_the_first_needs_a_reason_which_is_kept(make, clock):
    bids = make.qualified_bids(clock, count=2)
    make.locked_panel(clock, bids, totals=THREE[:2])
    admin = make.administrator(bids[0].challenge.poster)
    with pytest.raises(Incomplete) as refusal:
        select_bid(bids[1].pk, why="  ", by=admin, now=portal_now())
    assert (refusal.value.code, refusal.value.facts["rank"]) == ("reason_missing", 2)
    assert Selection.objects.count() == 0

    select_bid(bids[1].pk, why="交付更快。", by=admin, now=portal_now())

    assert Selection.objects.get().reason == "交付更快。"
    event = Event.objects.get(kind="bid.selected")
    assert words_of(event) == "交付更快。" and "交付" not in event.body


def test_a_second_selection_is_refused(make, clock):
    bids = make.qualified_bids(clock, count=2)
    make.locked_panel(clock, bids, totals=THREE[:2])
    admin = make.administrator(bids[0].challenge.poster)
    select_bid(bids[0].pk, by=admin, now=portal_now())

    for bid in bids:
        with pytest.raises(Clash) as refusal:
            select_bid(bid.pk, why="改主意了", by=admin, now=portal_now())
        assert refusal.value.code == "bid_selected_already"

    assert Selection.objects.count() == 1


def test_only_the_posters_administrator_selects_and_only_what_passed(make, clock):
    bids = make.qualified_bids(clock, count=2)
    make.locked_panel(clock, bids, totals=[(90,) * 5, (60,) * 5])
    poster = bids[0].challenge.poster

    for by in (
        make.editor(poster),
        make.member(poster, MemberRole.VIEWER),
        make.administrator(bids[0].lead),
        make.case_officer(),
        make.division_head(),
    ):
        with pytest.raises(NotAllowed):
            select_bid(bids[0].pk, by=by, now=portal_now())
    with pytest.raises(WrongState):
        select_bid(bids[1].pk, why="x", by=make.administrator(poster), now=portal_now())
    with pytest.raises(NotFound):
        select_bid(poster.pk, by=make.administrator(poster), now=portal_now())

    assert Selection.objects.count() == 0


def test_nothing_is_selected_before_the_scores_are_locked(make, clock):
    bid = make.qualified_bids(clock, count=1)[0]

    with pytest.raises(WrongState):
        select_bid(bid.pk, by=make.administrator(bid.challenge.poster), now=portal_now())
