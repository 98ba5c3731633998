"""The formal check of opened bids."""

import pytest

from challenges.actions.qualifying import disqualify_bid, qualify_bid
from challenges.models import Qualification
from challenges.states import BidState
from portal.clock import portal_now
from portal.kernel.errors import Incomplete, NotAllowed, NotFound, WrongState
from portal.models import Event, MemberRole, Membership, Message, Role


def test_an_officer_qualifies_a_bid_and_its_people_are_told(make, clock):
    bid = make.opened_bids(clock, count=1)[0]
    officer = make.case_officer()

    qualify_bid(bid.pk, by=officer, now=portal_now())

    assert make.fresh_bid(bid).state == BidState.QUALIFIED
    assert list(Qualification.objects.values_list("bid", "outcome", "reason", "by")) == [(bid.pk, "qualified", "", officer.pk)]
    assert set(Message.objects.filter(kind="bid_qualified").values_list("to_id", flat=True)) == {
        make.administrator(bid.lead).pk, make.editor(bid.lead).pk,
    }  # fmt: skip
    with pytest.raises(WrongState):
        qualify_bid(bid.pk, by=officer, now=portal_now())


def test_a_disqualification_needs_a_reason_and_keeps_it(make, clock):
    bid = make.opened_bids(clock, count=1)[0]
    officer = make.case_officer()
    with pytest.raises(Incomplete) as refusal:
        disqualify_bid(bid.pk, why="  ", by=officer, now=portal_now())
    assert refusal.value.code == "reason_missing"

    disqualify_bid(bid.pk, why="发榜方持有该单位 12 % 股权。", by=officer, now=portal_now())

    assert (make.fresh_bid(bid).state, Qualification.objects.get().reason) == (BidState.DISQUALIFIED, "发榜方持有该单位 12 % 股权。")
    assert "12 %" not in Event.objects.get(kind="bid.disqualified").body
    assert Message.objects.filter(kind="bid_disqualified").count() == 2


def test_a_qualified_bid_may_still_be_disqualified_before_a_panel_scores_it(make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    disqualify_bid(bid.pk, why="事后查明的关联关系。", by=make.case_officer(), now=portal_now())
    assert make.fresh_bid(bid).state == BidState.DISQUALIFIED


def test_others_may_not_decide_and_strangers_do_not_learn_of_the_bid(make, clock):
    bid = make.opened_bids(clock, count=1)[0]
    of_the_bidder = make.member(bid.lead, MemberRole.VIEWER)
    own_case = make.officer()

    Membership.objects.create(user=own_case, organisation=bid.lead, role=MemberRole.VIEWER, starts_on="2020-01-01")
    refused = (make.administrator(bid.challenge.poster), of_the_bidder, make.official(Role.AUDITOR), own_case)
    for by in refused:
        with pytest.raises(NotAllowed):
            qualify_bid(bid.pk, by=by, now=portal_now())
    for by in (make.person(), make.official(Role.EXPERT), make.administrator(make.organisation())):
        with pytest.raises(NotFound):
            disqualify_bid(bid.pk, why="x", by=by, now=portal_now())


def test_before_the_opening_even_the_officer_finds_no_bid(make):
    bid = make.sealed_bid()
    with pytest.raises(NotFound):
        qualify_bid(bid.pk, by=make.case_officer(), now=portal_now())
