"""Whether the money of an agreement adds up, and how it is shared."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.policy.terms import balanced, shares_by_percent
from portal.kernel.errors import Refused
from portal.kernel.money import wan_to_fen


def test_the_worked_example_is_shared_780_300_120():
    parts = shares_by_percent(wan_to_fen("1200"), [Decimal(65), Decimal(25), Decimal(10)])

    assert parts == [wan_to_fen("780"), wan_to_fen("300"), wan_to_fen("120")]


def test_a_single_bidder_takes_all():
    assert shares_by_percent(500, [None]) == [500]
    assert shares_by_percent(500, []) == []


def test_a_difference_is_named():
    with pytest.raises(Refused) as refusal:
        balanced("payments_not_the_amount", wan_to_fen("1200"), wan_to_fen("1160"))

    assert refusal.value.code == "payments_not_the_amount"
    assert refusal.value.facts == {
        "amount_fen": wan_to_fen("1200"),
        "sum_fen": wan_to_fen("1160"),
        "difference_fen": wan_to_fen("40"),
    }


@given(st.integers(1, 10**12), st.lists(st.integers(1, 10_000), min_size=1, max_size=6))
def test_shares_always_add_up(amount_fen, hundredths):
    percents = [Decimal(each) / 100 for each in hundredths]

    assert sum(shares_by_percent(amount_fen, percents)) == amount_fen
