"""Each state of a need is reached by the acts of people."""

import pytest

from challenges.states import ChallengeState
from tests.making.needs import Needs


@pytest.mark.django_db
@pytest.mark.parametrize("state", [str(state) for state in Needs.STEPS])
def test_a_need_reaches_the_state(make, state):
    assert make.need(state).state == state


@pytest.mark.django_db(transaction=True)
def test_a_board_is_published_after_its_notice(make, clock):
    clock.china(2026, 4, 30)

    board = make.published(clock)

    assert board.state == ChallengeState.PUBLISHED
    assert board.number == "合揭榜〔2026〕Z-001"
    assert str(make.notice_of(board).ends_on) == "2026-05-09"


@pytest.mark.django_db
def test_two_boards_have_two_numbers(make):
    first, second = make.board(), make.board(title="另一个")

    assert (first.number, second.number)[0] != second.number
