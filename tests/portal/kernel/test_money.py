"""Money: splits add up, amounts are read exactly, capitals follow the rules for cheques."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.errors import Refused
from portal.kernel.money import (
    MOST_FEN,
    in_capitals,
    share_ceiling,
    share_floor,
    split,
    wan,
    wan_to_fen,
    yuan,
    yuan_to_fen,
)

amounts = st.integers(0, MOST_FEN)
shares = st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any)


@given(amounts, shares)
def test_parts_add_up_and_none_is_off_by_a_fen(total_fen, shares):
    parts = split(total_fen, shares)

    assert sum(parts) == total_fen
    assert all(
        abs(part * sum(shares) - total_fen * share) < sum(shares) for part, share in zip(parts, shares, strict=True)
    )


@given(st.integers(-(10**12), -1), shares)
def test_a_correction_below_zero_adds_up_too(total_fen, shares):
    assert sum(split(total_fen, shares)) == total_fen


def test_left_over_fen_go_to_the_largest_remainders_and_ties_to_the_earliest():
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(101, [1, 1, 1]) == [34, 34, 33]
    assert split(10, [1, 5, 1]) == [2, 7, 1]
    assert split(120_000_000_000, [50, 30, 20]) == [60_000_000_000, 36_000_000_000, 24_000_000_000]


@pytest.mark.parametrize("shares", [[], [0, 0], [3, -1]])
def test_shares_that_divide_nothing_are_refused(shares):
    with pytest.raises(ValueError, match="cannot divide"):
        split(100, shares)


@given(amounts, st.decimals(0, 100, places=3))
def test_share_floor_and_ceiling_enclose_the_exact_share(total_fen, percent):
    low, high = share_floor(total_fen, percent), share_ceiling(total_fen, percent)

    assert low * 100_000 <= total_fen * int(percent * 1000) <= high * 100_000
    assert high - low in (0, 1)


def test_a_float_is_not_a_share():
    with pytest.raises(TypeError):
        share_floor(100, 0.4)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("0.05", 5), ("1,234.50", 123450), (" 12000000 ", 1_200_000_000), ("1e3", 100_000)],
)
def test_yuan_are_read_to_the_fen(text, fen):
    assert yuan_to_fen(text) == fen


@pytest.mark.parametrize("text", ["", "abc", "-1", "0.001", "NaN", "Infinity", "1e-999999999", "1.5.2"])
def test_negative_fractional_and_senseless_amounts_are_refused(text):
    with pytest.raises(Refused) as refusal:
        yuan_to_fen(text)

    assert (refusal.value.code, refusal.value.facts) == ("not_whole_fen", {"amount": text})


@pytest.mark.parametrize("text", ["1e999999999", "99999999999999999999"])
def test_an_amount_beyond_every_budget_is_refused_quickly(text):
    with pytest.raises(Refused) as refusal:
        yuan_to_fen(text)

    assert refusal.value.code == "amount_too_large"


def test_wan_are_read_and_shown_exactly():
    assert wan_to_fen(Decimal("1200")) == 1_200_000_000
    assert str(wan(1_200_000_000)) == "1200"
    assert str(wan(1)) == "0.000001"
    assert str(wan(-1_500_000)) == "-1.5"
    assert str(yuan(5)) == "0.05"
    with pytest.raises(Refused):
        wan_to_fen(Decimal("0.0000001"))


@given(amounts)
def test_wan_and_yuan_come_back_as_the_same_fen(fen):
    assert wan_to_fen(wan(fen)) == fen
    assert yuan_to_fen(str(yuan(fen))) == fen


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (52, "伍角贰分"),
        (1000, "壹拾元整"),
        (10005, "壹佰元零伍分"),
        (168032, "壹仟陆佰捌拾元叁角贰分"),
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (10700053, "壹拾万柒仟元伍角叁分"),
        (1_000_000_000, "壹仟万元整"),
        (1_000_000_100, "壹仟万零壹元整"),
        (10_000_000_100, "壹亿零壹元整"),
        (10_001_000_000, "壹亿零壹万元整"),
        (10_000_500_000, "壹亿零伍仟元整"),
        (100_000_000_000_000, "壹万亿元整"),
    ],
)
def test_capitals_as_they_stand_on_documents(fen, words):
    assert in_capitals(fen) == words


@given(amounts, amounts)
def test_different_amounts_never_share_their_capitals(one, other):
    assert (in_capitals(one) == in_capitals(other)) == (one == other)


@given(amounts)
def test_capitals_never_double_a_zero(fen):
    assert "零零" not in in_capitals(fen)
    assert in_capitals(fen).endswith("整") == (fen % 10 == 0)


def test_a_negative_amount_has_no_capitals():
    with pytest.raises(ValueError, match="negative"):
        in_capitals(-1)
