"""How much city money a project may get."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.policy.caps import largest_award, own_share_ok

WAN = 1_000_000
BASE = {"total_fen": 2600 * WAN, "requested_fen": 1000 * WAN, "cap_fen": 1000 * WAN, "most_percent": 40}
amounts = st.integers(0, 10**12)
percents = st.decimals(0, 100, places=2) | st.integers(0, 100)


@pytest.mark.parametrize(
    ("changed", "award"),
    [
        ({}, 1000),
        ({"total_fen": 2400 * WAN}, 960),
        ({"total_fen": 2450 * WAN}, 980),
        ({"requested_fen": 700 * WAN}, 700),
        ({"cap_fen": 200 * WAN}, 200),
        ({"budget_left_fen": 123 * WAN}, 123),
        ({"budget_left_fen": -5 * WAN}, 0),
    ],
)
def test_the_least_of_the_four_limits_decides(changed, award):
    assert largest_award(**{**BASE, "budget_left_fen": 10**15, **changed}) == award * WAN


def test_a_share_is_rounded_down_to_the_fen():
    limits = {"requested_fen": 10**9, "cap_fen": 10**9, "budget_left_fen": 10**9}

    assert largest_award(total_fen=999, most_percent=Decimal("33.3"), **limits) == 332


@given(amounts, amounts, amounts, percents, amounts)
def test_an_award_keeps_every_limit(total, requested, cap, percent, left):
    award = largest_award(
        total_fen=total, requested_fen=requested, cap_fen=cap, most_percent=percent, budget_left_fen=left
    )

    assert 0 <= award <= min(requested, cap, left)
    assert award * 100 <= total * Decimal(percent)


def test_own_share_to_the_fen():
    assert own_share_ok(own_fen=1560 * WAN, total_fen=2600 * WAN, least_percent=60)
    assert not own_share_ok(own_fen=1560 * WAN - 1, total_fen=2600 * WAN, least_percent=60)
    assert own_share_ok(own_fen=1470 * WAN, total_fen=2450 * WAN, least_percent=Decimal("60.00"))


@given(amounts, st.integers(1, 10**12), percents)
def test_own_share_agrees_with_whole_numbers(own, total, percent):
    assert own_share_ok(own_fen=own, total_fen=total, least_percent=percent) == (
        own * 10_000 >= total * int(Decimal(percent) * 100)
    )
