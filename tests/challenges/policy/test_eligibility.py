"""What a need may ask for: the two share rules, the class cap, periods and dates."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.policy.eligibility import check_dates, check_money, check_period, largest_city_money
from portal.kernel.errors import Refused

WAN = 1_000_000
MAJOR = {"cap_fen": 1000 * WAN, "most_percent": 40, "least_percent": 60}
HERE = timezone(timedelta(hours=8))


def refusal_of(**amounts):
    with pytest.raises(Refused) as refusal:
        check_money(**amounts, **MAJOR)
    return refusal.value


def test_1600_of_2600_wan_is_accepted():
    check_money(total_fen=2600 * WAN, own_fen=1600 * WAN, city_fen=1000 * WAN, **MAJOR)


def test_2400_wan_with_1000_from_the_city_is_refused_and_960_named_as_the_most():
    refusal = refusal_of(total_fen=2400 * WAN, own_fen=1400 * WAN, city_fen=1000 * WAN)

    assert refusal.code == "own_share_too_small"
    assert refusal.facts == {
        "total_fen": 2400 * WAN,
        "own_fen": 1400 * WAN,
        "city_fen": 1000 * WAN,
        "cap_fen": 1000 * WAN,
        "least_percent": 60,
        "most_percent": 40,
        "least_own_fen": 1440 * WAN,
        "most_city_fen": 960 * WAN,
    }


def test_with_a_third_source_the_city_may_keep_its_share_and_the_poster_still_miss_its_own():
    refusal = refusal_of(total_fen=2500 * WAN, own_fen=1300 * WAN, city_fen=900 * WAN, other_fen=300 * WAN)

    assert (refusal.code, refusal.facts["most_city_fen"]) == ("own_share_too_small", 700 * WAN)


def test_a_third_source_does_not_raise_the_citys_share():
    rules = {**MAJOR, "least_percent": 50}

    with pytest.raises(Refused) as refusal:
        check_money(total_fen=1000 * WAN, own_fen=550 * WAN, city_fen=450 * WAN, other_fen=0, **rules)

    assert (refusal.value.code, refusal.value.facts["most_city_fen"]) == ("city_share_too_large", 400 * WAN)


def test_more_than_the_cap_of_the_class_is_refused_whatever_the_share():
    refusal = refusal_of(total_fen=5000 * WAN, own_fen=3999 * WAN, city_fen=1001 * WAN)

    assert (refusal.code, refusal.facts["most_city_fen"]) == ("over_class_cap", 1000 * WAN)


def test_sources_that_do_not_add_up_are_refused_with_the_difference():
    refusal = refusal_of(total_fen=2600 * WAN, own_fen=1600 * WAN, city_fen=900 * WAN)

    assert refusal.code == "sources_do_not_add_up"
    assert refusal.facts == {"total_fen": 2600 * WAN, "sum_fen": 2500 * WAN, "difference_fen": 100 * WAN}


@pytest.mark.parametrize("field", ["own_fen", "city_fen", "other_fen"])
def test_a_negative_source_is_refused_by_name(field):
    refusal = refusal_of(**{"total_fen": 100, "own_fen": 50, "city_fen": 50, field: -1})

    assert (refusal.code, refusal.facts) == ("negative_amount", {"field": field, "amount_fen": -1})


def test_a_project_of_nothing_is_refused():
    assert refusal_of(total_fen=0, own_fen=0, city_fen=0).code == "total_not_positive"


amounts = st.integers(0, 10**12)


def most_named(total, rules):
    """The most that a refusal of asking for everything names, or everything."""
    try:
        check_money(total_fen=total, own_fen=0, city_fen=total, **rules)
    except Refused as refusal:
        return refusal.facts["most_city_fen"]
    return total


@given(st.integers(1, 10**12), amounts, st.decimals(0, 100, places=2), st.decimals(0, 100, places=2))
def test_the_named_most_is_accepted_and_a_fen_more_is_not(total, cap, most_percent, least_percent):
    rules = {"cap_fen": cap, "most_percent": most_percent, "least_percent": least_percent}
    most = most_named(total, rules)

    check_money(total_fen=total, own_fen=total - most, city_fen=most, **rules)
    if most < total:
        with pytest.raises(Refused):
            check_money(total_fen=total, own_fen=total - most - 1, city_fen=most + 1, **rules)


@given(amounts, amounts, st.decimals(0, 100, places=2))
def test_the_largest_city_money_keeps_cap_and_share(total, cap, percent):
    most = largest_city_money(total, cap, percent)

    assert 0 <= most <= cap
    assert most * 100 <= total * Decimal(percent)


def test_periods():
    check_period(36, most_months=36)
    for months, code in ((37, "period_too_long"), (0, "period_too_short")):
        with pytest.raises(Refused) as refusal:
            check_period(months, most_months=36)
        assert (refusal.value.code, refusal.value.facts) == (code, {"months": months, "most_months": 36})


def moment(day, hour=17):
    return datetime(2026, 5, day, hour, tzinfo=HERE)


DATES = {"opens_at": moment(11, 9), "closes_at": moment(30), "opening_at": moment(30, 18), "now": moment(9)}


def test_dates_in_order_are_accepted():
    check_dates(**DATES, least_days=19)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"now": moment(30)}, "deadline_passed_already"),
        ({"opens_at": moment(30)}, "deadline_before_window"),
        ({"opening_at": moment(30)}, "opening_before_deadline"),
        ({"least_days": 20}, "window_too_short"),
    ],
)
def test_dates_out_of_order_are_refused(changed, code):
    with pytest.raises(Refused) as refusal:
        check_dates(**{**DATES, **changed})

    assert refusal.value.code == code
    assert refusal.value.facts["closes_at"] == moment(30)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        check_dates(**{**DATES, "now": datetime(2026, 5, 9)})
