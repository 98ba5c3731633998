"""Who looks after a case stands on its page: the officer, the colleague, the office; nobody who must stay hidden."""

import pytest

from challenges.queries.looks_after import looks_after, looks_after_agreement
from challenges.states import ChallengeState
from portal.actions.handing_over import hand_over_work
from portal.actions.membership import end_membership
from portal.clock import portal_now
from portal.queries.work import open_work
from tests.counting import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def test_nobody_has_taken_a_new_need_and_its_writer_looks_after_it(make, english):
    need = make.need(ChallengeState.DRAFT)
    by = make.administrator(need.poster)
    english.force_login(by)

    page = english.get(f"/needs/{need.pk}/").content.decode()
    found = looks_after(need.pk, need, need.poster_id, user=by)

    assert "Who looks after this case" in page
    assert "nobody has taken it yet" in page
    assert (found.officer, found.keeper) == ("", need.created_by.name)


def test_the_officer_who_published_and_the_colleague_who_took_over_are_named(make, english):
    board = make.board()
    poster, now = board.poster, portal_now()
    administrator, editor = make.administrator(poster), make.editor(poster)
    work = next(each for each in open_work(poster.pk) if each.work_id == board.pk)
    taker = administrator if work.keeper_id == editor.pk else editor
    hand_over_work(poster.pk, [work.key], to=taker.pk, by=administrator, now=now)

    own = looks_after(board.pk, board, poster.pk, user=administrator)
    district = looks_after(board.pk, board, poster.pk, user=make.reviewer(poster))
    english.force_login(administrator)
    page = english.get(f"/needs/{board.pk}/").content.decode()

    assert (own.officer, own.keeper, own.asks_keeper) == (make.case_officer().name, taker.name, True)
    assert (district.officer, district.keeper, district.asks_keeper) == (own.officer, "", False)
    assert make.case_officer().name in page
    assert make.case_officer().email not in page


def test_who_left_looks_after_nothing(make):
    need = make.need(ChallengeState.DRAFT)
    poster = need.poster
    administrator = make.administrator(poster)
    editor = make.editor(poster)
    work = next(each for each in open_work(poster.pk) if each.work_id == need.pk)
    if work.keeper_id != editor.pk:
        hand_over_work(poster.pk, [work.key], to=editor.pk, by=administrator, now=portal_now())
    end_membership(poster.memberships.get(user=editor, ends_on=None).pk, by=administrator, now=portal_now())

    assert looks_after(need.pk, need, poster.pk, user=administrator).keeper == ""


def test_bidder_and_poster_read_the_officer_on_a_project_and_each_its_own_colleague(make, clock, english):
    project = make.project_under_way(clock)
    url = f"/projects/{project.pk}/"
    pages = {}
    for side in (project.poster, project.bidder):
        english.force_login(make.administrator(side))
        pages[side.pk] = english.get(url).content.decode()

    for page in pages.values():
        assert "Who looks after this case" in page
        assert make.case_officer().name in page
    assert "In the organisation" in pages[project.poster_id]
    assert "In the organisation" not in pages[project.bidder_id]


def test_a_sealed_bid_names_its_own_colleague_and_says_nothing_of_other_bids(make, english):
    board = make.board()
    bid, rival = make.sealed_bid(board), make.sealed_bid(board, lead=make.bidder("丙研究院"))
    own, other = make.administrator(bid.lead), make.administrator(rival.lead)
    english.force_login(own)

    page = english.get(f"/bids/{bid.pk}/").content.decode()
    found = looks_after(board.pk, bid, bid.lead_id, user=own)

    assert "Who looks after this case" in page
    assert (found.officer, found.keeper, found.asks_keeper) == (make.case_officer().name, bid.created_by.name, True)
    assert rival.lead.name not in page and rival.created_by.name not in page
    assert looks_after(board.pk, bid, bid.lead_id, user=other).keeper == ""
    english.force_login(other)
    assert english.get(f"/bids/{bid.pk}/").status_code == 404


def test_an_opened_bid_names_no_expert(make, english, clock):
    panel = make.locked_panel(clock)
    experts = [seat.expert.user.name for seat in make.seats(panel)]
    bid = make.bids_of(panel)[0]
    english.force_login(make.administrator(bid.lead))

    card = english.get(f"/bids/{bid.pk}/").content.decode().split("Who looks after this case")[1]

    assert experts and not any(name in card for name in experts)


def test_both_sides_of_an_agreement_read_the_officer_and_their_own_colleague(make, clock, english):
    agreement = make.agreement_to_sign(clock)
    board, bid = agreement.bid.challenge, agreement.bid
    poster, bidder = make.administrator(board.poster), make.administrator(bid.lead)

    one, other = (looks_after_agreement(agreement, user=user) for user in (poster, bidder))
    english.force_login(bidder)
    page = english.get(f"/agreements/{agreement.pk}/").content.decode()

    assert (one.keeper, other.keeper) == (agreement.created_by.name, bid.created_by.name)
    assert one.officer == other.officer == make.case_officer().name
    assert "Who looks after this case" in page and bid.created_by.name in page


def test_a_page_costs_the_same_however_often_the_work_was_handed_over(make, english):
    need = make.need(ChallengeState.DRAFT)
    poster = need.poster
    administrator, editor = make.administrator(poster), make.editor(poster)
    english.force_login(administrator)
    url = f"/needs/{need.pk}/"

    def pass_on():
        work = next(each for each in open_work(poster.pk) if each.work_id == need.pk)
        to = editor if work.keeper_id != editor.pk else administrator
        hand_over_work(poster.pk, [work.key], to=to.pk, by=administrator, now=portal_now())

    pass_on()
    one = queries_of(english, url)
    for _ in range(5):
        pass_on()

    assert queries_of(english, url) == one
