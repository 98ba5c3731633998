"""Working days: make-up weekends count, years without a table are said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.calendar import SHIPPED, UnknownYear, is_working_day, period_days, period_end

days = st.dates(date(2010, 1, 1), date(2026, 6, 30))


def test_five_working_days_from_30_april_2026_end_on_a_saturday():
    assert period_days(date(2026, 4, 30), 5) == [date(2026, 4, 30), *(date(2026, 5, day) for day in (6, 7, 8, 9))]
    assert period_end(date(2026, 4, 30), 5) == date(2026, 5, 9)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2023, 7, 31), date(2023, 8, 4)),
        (date(2023, 8, 15), date(2023, 8, 21)),
        (date(2021, 8, 19), date(2021, 8, 25)),
        (date(2022, 5, 23), date(2022, 5, 27)),
        (date(2024, 1, 8), date(2024, 1, 12)),
        (date(2023, 4, 27), date(2023, 5, 6)),
        (date(2023, 6, 19), date(2023, 6, 26)),
    ],
)
def test_notices_that_were_really_published_all_last_five_working_days(start, end):
    counted = period_days(start, 5)

    assert end in (counted[-1], period_end(start, 6))
    assert counted[0] == start


def test_holidays_rest_and_make_up_weekends_work():
    assert not is_working_day(date(2026, 5, 1))
    assert is_working_day(date(2026, 5, 9))
    assert not is_working_day(date(2026, 5, 10))


def test_a_start_on_a_day_of_rest_is_not_counted():
    assert period_end(date(2026, 5, 16), 1) == date(2026, 5, 18)


@given(days, st.integers(1, 40), st.integers(0, 30), st.integers(0, 10))
def test_a_later_start_or_a_longer_period_never_ends_earlier(start, working_days, later, more):
    assert period_end(start, working_days) <= period_end(start + timedelta(days=later), working_days + more)


@given(days, st.integers(1, 40))
def test_a_period_ends_on_a_working_day_and_holds_exactly_its_number(start, working_days):
    end = period_end(start, working_days)
    between = [start + timedelta(days=step) for step in range((end - start).days + 1)]

    assert is_working_day(end)
    assert sum(is_working_day(day) for day in between) == working_days


@given(days, st.integers(1, 20), st.integers(1, 20))
def test_two_periods_end_to_end_are_one_long_one(start, first, second):
    after = period_end(start, first) + timedelta(days=1)

    assert period_end(after, second) == period_end(start, first + second)


@pytest.mark.parametrize("working_days", [0, -3])
def test_a_period_without_days_is_refused(working_days):
    with pytest.raises(ValueError, match="at least one"):
        period_end(date(2026, 4, 30), working_days)


def test_a_year_without_a_table_is_said_and_not_guessed():
    with pytest.raises(UnknownYear) as refusal:
        period_end(date(2026, 12, 30), 5)

    assert (refusal.value.code, refusal.value.facts, refusal.value.year) == ("unknown_year", {"year": 2027}, 2027)


def test_the_portals_own_table_lies_over_the_shipped_one():
    own = SHIPPED.with_days({date(2027, 1, 1): False, date(2026, 5, 9): False}, years=[2027])

    assert period_end(date(2026, 12, 30), 3, table=own) == date(2027, 1, 4)
    assert period_end(date(2026, 4, 30), 5, table=own) == date(2026, 5, 11)
    assert is_working_day(date(2026, 5, 9))
