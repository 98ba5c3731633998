"""Publishing: number, deadline and box, once; and withdrawing."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from challenges.actions import drafting, publishing
from challenges.actions.publishing import publish_board, withdraw_challenge
from challenges.models import Box, Challenge
from challenges.states import BidState, ChallengeState
from portal import vault
from portal.clock import CHINA, portal_now
from portal.kernel import sealing
from portal.kernel.errors import Incomplete, NotAllowed, PortalError, Refused, WrongState
from portal.models import Event, Message

INSTANT = timedelta(microseconds=1)


def fresh(row):
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)


@pytest.mark.django_db(transaction=True)
def test_a_board_gets_its_number_its_window_and_a_box_that_opens(make, clock):
    clock.china(2026, 5, 11)
    need = make.need("pooled")

    board = publish_board(need.pk, by=make.case_officer(), now=clock.now())

    box = Box.objects.get(challenge=board)
    identity = vault.unwrap_identity(box.wrapped_identity, board.pk)
    assert fresh(board).state == ChallengeState.PUBLISHED
    assert board.number == "合揭榜〔2026〕Z-001"
    assert (board.opens_at, board.closes_at) == (clock.now(), datetime(2026, 6, 10, 17, tzinfo=CHINA))
    assert sealing.decrypt(sealing.encrypt(b"bid", box.recipient), identity) == b"bid"
    assert not box.key_uses.exists()
    assert set(Message.objects.filter(kind="board_published").values_list("to", flat=True)) == {
        make.administrator(need.poster).pk, make.editor(need.poster).pk, make.reviewer(need.poster).pk,
    }  # fmt: skip


@pytest.mark.django_db
def test_each_class_has_its_own_series_of_numbers(make, clock):
    year = clock.now().astimezone(CHINA).year
    boards = [make.board(), make.board(class_code="key", months=12, total_fen=10**8, own_fen=6 * 10**7, city_fen=4 * 10**7, board_fen=10**7), make.board()]

    assert [board.number for board in boards] == [f"合揭榜〔{year}〕Z-001", f"合揭榜〔{year}〕G-001", f"合揭榜〔{year}〕Z-002"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opens_in", "closes_in", "code"),
    [
        (timedelta(days=3), timedelta(days=2), "deadline_before_window"),
        (timedelta(days=3), timedelta(days=3), "deadline_before_window"),
        (timedelta(0), timedelta(0), "deadline_passed_already"),
        (-INSTANT, timedelta(days=30), "opening_passed"),
    ],
)
def test_moments_out_of_order_are_refused_with_their_sentence(make, clock, opens_in, closes_in, code):
    need, now = make.need("pooled"), clock.now()

    with pytest.raises(Refused) as refusal:
        publish_board(need.pk, opens_at=now + opens_in, closes_at=now + closes_in, by=make.case_officer(), now=now)

    assert refusal.value.code == code
    assert (fresh(need).state, Box.objects.count()) == (ChallengeState.POOLED, 0)


@pytest.mark.django_db
def test_without_the_notice_that_the_rules_ask_for_nothing_is_published(make, clock):
    need = make.need("pooled", call=make.call(notice_before_publishing=True))

    with pytest.raises(WrongState) as refusal:
        publish_board(need.pk, by=make.case_officer(), now=clock.now())

    assert refusal.value.code == "notice_missing"
    assert fresh(need).number is None


@pytest.mark.django_db
def test_while_the_notice_runs_nothing_is_published(make, clock):
    need = make.need("in_notice")

    with pytest.raises(WrongState) as refusal:
        publish_board(need.pk, by=make.case_officer(), now=clock.now())

    assert refusal.value.code == "notice_running"


@pytest.mark.django_db
def test_a_box_that_does_not_open_here_is_not_given_out(make, clock, monkeypatch):
    need = make.need("pooled")
    monkeypatch.setattr(vault, "unwrap_identity", lambda wrapped, challenge_id: sealing.new_box()[0])

    with pytest.raises(Refused) as refusal:
        publish_board(need.pk, by=make.case_officer(), now=clock.now())

    assert refusal.value.code == "box_not_openable"
    assert (fresh(need).state, Box.objects.count()) == (ChallengeState.POOLED, 0)


@pytest.mark.django_db
def test_only_officers_publish(make, clock):
    need = make.need("pooled")

    for by in (make.administrator(need.poster), make.reviewer(need.poster), make.person()):
        with pytest.raises(NotAllowed):
            publish_board(need.pk, by=by, now=clock.now())

    assert fresh(need).state == ChallengeState.POOLED


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["publish", "submit"])
def test_of_eight_at_once_one_wins(make, clock, act):
    need = make.need("pooled" if act == "publish" else "draft")
    officer, administrator = make.case_officer(), make.administrator(need.poster)
    found, gate = [], threading.Barrier(8)

    def run() -> None:
        try:
            gate.wait(20)
            if act == "publish":
                publish_board(need.pk, by=officer, now=portal_now())
            else:
                drafting.submit_need(need.pk, by=administrator, now=portal_now())
            found.append("won")
        except PortalError as refusal:
            found.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    last = "challenge.published" if act == "publish" else "challenge.submitted"
    assert sorted(found) == ["WrongState"] * 7 + ["won"]
    assert Event.objects.filter(case_id=need.pk, kind=last).count() == 1
    assert Box.objects.count() == (1 if act == "publish" else 0)


@pytest.mark.django_db
def test_a_poster_withdraws_its_need_with_a_reason(make, clock):
    need = make.need("pooled")

    with pytest.raises(Incomplete):
        withdraw_challenge(need.pk, why=" ", by=make.administrator(need.poster), now=clock.now())
    withdraw_challenge(need.pk, why="需求有变化", by=make.administrator(need.poster), now=clock.now())
    with pytest.raises(WrongState):
        withdraw_challenge(need.pk, why="再来", by=make.administrator(need.poster), now=clock.now())

    assert fresh(need).state == ChallengeState.WITHDRAWN


@pytest.mark.django_db
def test_a_published_board_is_withdrawn_by_the_bureau_only_and_its_bids_are_never_opened(make, clock):
    board = make.board()
    draft, sealed = make.bid(board), make.sealed_bid(board)

    with pytest.raises(NotAllowed):
        withdraw_challenge(board.pk, why="不做了", by=make.administrator(board.poster), now=clock.now())
    withdraw_challenge(board.pk, why="政策有变", by=make.case_officer(), now=clock.now())

    assert Challenge.objects.get(pk=board.pk).state == ChallengeState.WITHDRAWN
    assert (fresh(draft).state, fresh(sealed).state) == (BidState.LAPSED, BidState.UNOPENED)
    assert all(Event.objects.filter(subject_id__in=[draft.pk, sealed.pk]).values_list("sealed", flat=True))
    assert not publishing.Box.objects.get(challenge=board).key_uses.exists()
