"""The official score: the worked example, and what holds for every panel."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.policy.scoring import (
    check_points,
    check_weights,
    official_score,
    rounded,
    sheet_total,
    sum_of_points,
)
from portal.kernel.errors import Incomplete, Refused

PANEL = {
    "A": [91, 88, 90, 86, 93, 89, 84],
    "B": [85, 87, 82, 90, 84, 86, 88],
    "C": [78, 74, 80, 82, 76, 71, 79],
}
WITH_ALL = {"A": "88.80", "B": "86.00", "C": "77.40"}
WITHOUT_EXPERT_3 = {"A": "88.50", "B": "86.50", "C": "76.75"}

totals = st.decimals(0, 100, places=3, allow_nan=False)
sheets = st.lists(totals, min_size=3, max_size=15)


def decimals(points):
    return [Decimal(point) for point in points]


@pytest.mark.parametrize("bid", PANEL)
def test_the_worked_example_with_one_high_and_one_low_dropped(bid):
    assert str(official_score(decimals(PANEL[bid]))) == WITH_ALL[bid]


@pytest.mark.parametrize("bid", PANEL)
def test_the_worked_example_after_an_experts_sheets_are_set_aside(bid):
    left = PANEL[bid][:2] + PANEL[bid][3:]

    assert str(official_score(decimals(left))) == WITHOUT_EXPERT_3[bid]


def test_rules_that_drop_nothing_give_the_plain_mean():
    assert official_score(decimals(PANEL["A"]), trim_from=99) == Decimal("88.71")


@pytest.mark.parametrize(
    ("points", "score"),
    [
        ([], None),
        ([90], None),
        ([90, 80], None),
        ([90, 80, 70], "80.00"),
        ([90, 80, 70, 61], "75.25"),
        ([100, 80, 70, 60, 0], "70.00"),
        ([80, 80, 80, 80, 80], "80.00"),
        (["0.005", "0.005", "0.005"], "0.01"),
        (["0.0049", "0.005", "0.005"], "0.00"),
        ([85, 85, "85.045"], "85.02"),
    ],
)
def test_how_many_sheets_make_a_score_and_how_it_is_rounded(points, score):
    assert official_score(decimals(points)) == (None if score is None else Decimal(score))


@given(sheets, st.randoms())
def test_the_order_of_the_sheets_makes_no_difference(given_sheets, chance):
    shuffled = list(given_sheets)
    chance.shuffle(shuffled)

    assert official_score(shuffled) == official_score(given_sheets)


@given(sheets)
def test_a_score_lies_among_the_sheets_that_count_and_has_two_digits(given_sheets):
    counted = sorted(given_sheets)[1:-1] if len(given_sheets) >= 5 else given_sheets
    score = official_score(given_sheets)

    exact = sum(map(Fraction, counted)) / len(counted)
    assert abs(Fraction(score) - exact) <= Fraction(1, 200)
    assert score.as_tuple().exponent == -2


@given(sheets, st.integers(0, 14), totals)
def test_a_better_sheet_never_lowers_the_score(given_sheets, place, more):
    better = list(given_sheets)
    better[place % len(better)] += more

    assert official_score(better) >= official_score(given_sheets)


def test_the_callers_rounding_habits_do_not_reach_the_score():
    with localcontext(prec=2):
        assert official_score(decimals([91, 88, 90, 86, 93, 89, 84])) == Decimal("88.80")


@pytest.mark.parametrize("wrong", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_no_score(wrong):
    with pytest.raises(ValueError):
        official_score([wrong, Decimal(1), Decimal(2)])


def test_floats_are_refused():
    with pytest.raises(TypeError):
        official_score([0.1, 0.2, 0.3])


def test_rounding_once_more_changes_nothing():
    assert rounded(Decimal("88.805")) == Decimal("88.81")
    assert rounded(Decimal("88.81")) == Decimal("88.81")


def test_a_sheet_total_is_exact():
    points = [(Decimal("91.5"), Decimal("33.3")), (Decimal("80"), Decimal("66.7"))]

    assert sheet_total(points) == sheet_total(points[::-1]) == Decimal("83.8295")
    assert sum_of_points(decimals(["22.5", "18", "13.25"])) == Decimal("53.75")


@given(totals, st.decimals("0.01", "99.99", places=2))
def test_equal_points_everywhere_are_the_total_whatever_the_weights(points, weight):
    assert sheet_total([(points, weight), (points, 100 - weight)]) == points


@pytest.mark.parametrize(
    ("weights", "code", "facts"),
    [
        (["60", "39.99"], "weights_not_100", {"sum_percent": Decimal("99.99")}),
        ([], "weights_not_100", {"sum_percent": Decimal(0)}),
        (["100", "0"], "weight_not_positive", {"weight_percent": Decimal(0)}),
        (["110", "-10"], "weight_not_positive", {"weight_percent": Decimal(-10)}),
    ],
)
def test_weights_must_be_positive_and_make_100(weights, code, facts):
    with pytest.raises(Refused) as refusal:
        check_weights(decimals(weights))

    assert (refusal.value.code, refusal.value.facts) == (code, facts)


CRITERIA = {"fit": ("Fit to indicators", Decimal(25)), "route": ("Route", Decimal(20))}


def test_points_within_their_limits_pass():
    check_points({"fit": Decimal(25), "route": Decimal(0)}, CRITERIA, step=Decimal("0.5"))


def test_missing_points_are_named():
    with pytest.raises(Incomplete) as refusal:
        check_points({"fit": None}, CRITERIA)

    assert refusal.value.code == "points_missing"
    assert refusal.value.facts == {"missing": ["fit", "route"], "names": "Fit to indicators, Route"}


@pytest.mark.parametrize(
    ("fit", "code"),
    [
        ("25.01", "points_out_of_range"),
        ("-0.5", "points_out_of_range"),
        ("NaN", "points_out_of_range"),
        ("20.3", "points_off_step"),
    ],
)
def test_points_outside_their_limits_are_refused(fit, code):
    with pytest.raises(Refused) as refusal:
        check_points({"fit": Decimal(fit), "route": Decimal(1)}, CRITERIA, step=Decimal("0.5"))

    assert (refusal.value.code, refusal.value.facts["criterion"]) == (code, "Fit to indicators")


def test_points_for_a_criterion_of_another_rubric_are_refused():
    with pytest.raises(Refused) as refusal:
        check_points({"fit": Decimal(1), "route": Decimal(1), "other": Decimal(1)}, CRITERIA)

    assert refusal.value.code == "unknown_criterion"
