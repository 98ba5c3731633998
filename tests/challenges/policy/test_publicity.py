"""Public notices: counted with both ends, open to the last moment of the last day."""

from datetime import date, datetime, timedelta

import pytest

from challenges.policy.publicity import HERE, notice_period
from portal.kernel.calendar import SHIPPED, UnknownYear


def test_the_notice_from_30_april_2026_ends_with_saturday_9_may():
    period = notice_period(date(2026, 4, 30), 5)

    assert period.days == (date(2026, 4, 30), *(date(2026, 5, day) for day in (6, 7, 8, 9)))
    assert period.last_on == date(2026, 5, 9)
    assert period.begins_at == datetime(2026, 4, 30, tzinfo=HERE)
    assert period.ends_at == datetime(2026, 5, 10, tzinfo=HERE)
    assert period.ends_at.utcoffset() == timedelta(hours=8)


def test_it_is_open_to_the_last_microsecond_of_the_last_day():
    period = notice_period(date(2026, 4, 30), 5)
    moment = timedelta(microseconds=1)

    assert period.is_open(period.begins_at)
    assert not period.is_open(period.begins_at - moment)
    assert period.is_open(period.ends_at - moment)
    assert not period.is_open(period.ends_at)


def test_a_notice_put_up_on_a_day_of_rest_is_open_at_once_and_counts_from_the_next_working_day():
    period = notice_period(date(2026, 5, 16), 2)

    assert period.days == (date(2026, 5, 18), date(2026, 5, 19))
    assert period.begins_at == datetime(2026, 5, 16, tzinfo=HERE)


def test_the_portals_own_table_decides():
    closed = SHIPPED.with_days({date(2026, 5, 9): False})

    assert notice_period(date(2026, 4, 30), 5, table=closed).last_on == date(2026, 5, 11)


def test_a_year_without_a_table_is_said():
    with pytest.raises(UnknownYear):
        notice_period(date(2026, 12, 28), 5)
