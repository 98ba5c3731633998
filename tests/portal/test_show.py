"""How amounts and moments read in both languages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from portal.show import (
    show_amount,
    show_day,
    show_exact,
    show_left,
    show_moment,
    show_short,
    show_yuan,
)

WAN = 1_000_000
MOMENT = datetime(2026, 6, 9, 8, 33, 12, 408517, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (1200 * WAN, "1,200.00 万元", "RMB 12.00 million"),
        (1_234_567, "1.234567 万元", "RMB 0.01234567 million"),
        (-5 * WAN, "−5.00 万元", "RMB −0.05 million"),
        (0, "0.00 万元", "RMB 0.00 million"),
        (None, "–", "–"),
    ],
)
def test_an_amount_is_never_rounded(fen, chinese, english):
    with translation.override("zh-hans"):
        assert show_amount(fen, unit=True) == chinese
    with translation.override("en"):
        assert show_amount(fen, unit=True) == english


def test_boards_show_whole_wan_and_payments_full_yuan():
    with translation.override("zh-hans"):
        assert show_amount(1000 * WAN, places=0) == "1,000"
        assert show_amount(1000 * WAN + 500_000, places=0) == "1,000.5"
        assert show_yuan(300 * WAN, unit=True) == "3,000,000.00 元"


def test_moments_are_chinas_in_both_languages():
    with translation.override("zh-hans"):
        assert show_moment(MOMENT, zone=True) == "2026年6月9日（周二）16:33，北京时间（UTC+8）"
        assert show_exact(MOMENT) == "2026年6月9日（周二）16:33:12.408 517"
        assert (show_short(MOMENT), show_day(MOMENT, year=False, weekday=True)) == ("6月9日 16:33", "6月9日 周二")
    with translation.override("en"):
        assert show_moment(MOMENT, zone=True) == "Tuesday 9 June 2026, 16:33 China time (UTC+8)"
        assert (show_short(MOMENT), show_day(MOMENT)) == ("9 Jun 16:33", "9 June 2026")


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(days=16, hours=6), "16 days"),
        (timedelta(days=1, hours=2), "1 d 2 h"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=8, minutes=3), "8 h 3 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (-timedelta(days=2), "overdue by 2 days"),
    ],
)
def test_what_is_left_is_said_in_its_two_largest_units(left, text):
    with translation.override("en"):
        assert show_left(MOMENT + left, MOMENT) == text
