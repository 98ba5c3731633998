"""Everybody's home: what to do next, what waits for whom, at the same cost for one case and for many."""

import pytest
from django.utils.translation import override

from challenges.actions import drawing, qualifying, ranking
from challenges.models import Bid
from challenges.queries.todo import todo_of
from challenges.queries.waiting import waiting_of
from portal.clock import portal_now
from portal.models import Role, User
from tests.counting import counted, queries_of

pytestmark = pytest.mark.django_db


def acts(user) -> list[str]:
    """The words on the buttons of somebody's list, in English."""
    with override("en"):
        return [item.act for item in todo_of(User.objects.get(pk=user.pk), portal_now())]


def waits(user) -> list[tuple[str, str]]:
    """What somebody waits for, and with whom it is, in English."""
    with override("en"):
        return [(item.stage, item.who) for item in waiting_of(User.objects.get(pk=user.pk), portal_now())]


def test_who_acts_for_nobody_is_told_where_to_begin(make, client):
    client.force_login(make.person())
    client.cookies["django_language"] = "en"

    page = client.get("/home/").content.decode()

    assert "Nothing waits for you" in page
    assert "Register an organisation" in page


def test_a_need_goes_from_hand_to_hand(make):
    need = make.need("draft")
    poster, district, officer = make.editor(need.poster), make.reviewer(need.poster), make.case_officer()
    assert (acts(poster), acts(district), acts(officer)) == (["Write"], [], [])

    make._submit(need)
    assert (acts(poster), acts(district), acts(officer)) == ([], ["Review"], [])
    assert waits(poster) == [("district review", "Science department of Shushan")]

    make._recommend(need)
    assert (acts(poster), acts(district), acts(officer)) == ([], [], ["Check"])

    make._pool(need)
    assert acts(officer) == ["Publish"]


def test_a_returned_need_is_corrected(make):
    need = make.need("returned")

    assert acts(make.editor(need.poster)) == ["Correct"]


def test_before_its_notice_a_need_waits_for_the_notice(make):
    call = make.call(notice_before_publishing=True)
    need = make.need("pooled", call=call)
    officer = make.case_officer()
    assert acts(officer) == ["Give notice"]

    make._notice(need)
    assert acts(officer) == []
    assert waits(officer) == [("public notice", "Everybody may object")]


def test_a_bid_before_opening_is_on_the_list_of_its_own_people_alone(make):
    board = make.board()
    bid = make.signed_off_bid(board)
    lead, poster, officer = make.administrator(bid.lead), make.administrator(board.poster), make.case_officer()

    with counted() as statements:
        others = [todo_of(poster, portal_now()), todo_of(officer, portal_now())]

    assert acts(lead) == ["Seal"]
    assert others == [[], []]
    assert waits(make.editor(bid.lead)) == [("awaiting sign-off", f"An administrator of {bid.lead.name}")]
    assert waits(officer) == [("open for bids", "Research teams")]
    assert statements


def test_from_the_opening_to_the_registered_agreement(make, clock):
    bids = make.opened_bids(clock, count=3)
    board, officer, clerk = bids[0].challenge, make.case_officer(), make.draw_clerk()
    assert acts(officer) == ["Qualify"]

    for bid in bids:
        qualifying.qualify_bid(bid.pk, by=officer, now=portal_now())
    assert acts(officer) == ["Convene"]

    panel = make.panel(clock, bids)
    assert (acts(officer), acts(clerk)) == ([], ["Name experts"])
    make_experts(make, panel, clerk)
    seats = make.seats(panel)
    expert = seats[0].expert.user
    assert (acts(clerk), acts(expert)) == ([], ["Answer"])

    for seat in seats:
        make.accept(seat)
    assert acts(expert) == ["Score"]
    for bid, total in zip(bids, (90, 80, 75), strict=True):
        for seat in seats:
            make.hand_in(seat, make.candidate(panel, bid), total)
    assert (acts(expert), acts(officer)) == ([], ["Lock"])

    ranking.lock_panel(panel.pk, by=officer, now=portal_now())
    poster = make.administrator(board.poster)
    assert (acts(officer), acts(poster)) == ([], ["Choose"])

    chosen = make.selected_bid(clock, panel)
    lead = make.administrator(chosen.lead)
    assert (acts(poster), acts(lead)) == (["Draft"], [])
    make.agreement_to_sign(clock, chosen)
    assert (acts(poster), acts(lead)) == (["Sign"], ["Sign"])


def test_both_have_signed_and_the_bureau_registers(make, clock):
    agreement = make.signed_agreement(clock)
    poster = make.administrator(agreement.bid.challenge.poster)

    assert acts(make.case_officer()) == ["Register"]
    assert acts(poster) == []
    assert waits(poster) == [("signed", "The bureau's officer")]


@pytest.mark.parametrize("role", ["poster", "district", "officer"])
def test_a_home_costs_the_same_for_one_need_and_for_twenty(make, client, role):
    poster = make.organisation()
    people = {"poster": make.administrator(poster), "district": make.reviewer(poster), "officer": make.case_officer()}
    client.force_login(people[role])
    for state in ("draft", "submitted", "recommended", "pooled"):
        make.need(state, poster=poster)
    one = queries_of(client, "/home/")
    for number in range(20):
        make.need(("draft", "submitted", "recommended", "pooled")[number % 4], poster=poster)

    assert queries_of(client, "/home/") == one


def test_a_bidders_home_costs_the_same_for_one_bid_and_for_ten(make, client):
    lead = make.bidder()
    client.force_login(make.administrator(lead))
    make.bid(make.board(), lead=lead)
    one = queries_of(client, "/home/")
    for _ in range(9):
        make.sealed_bid(make.board(), lead=lead)

    assert Bid.objects.filter(lead=lead).count() == 10
    assert queries_of(client, "/home/") == one


def test_the_front_door_leads_visitors_to_the_boards_and_people_home(make, client):
    assert client.get("/")["Location"] == "/boards/"
    client.force_login(make.official(Role.AUDITOR))
    assert client.get("/")["Location"] == "/home/"


def make_experts(make, panel, clerk) -> None:
    """The clerk names five experts."""
    drawing.name_experts(panel.pk, experts=[make.expert().pk for _ in range(5)], by=clerk, now=portal_now())
