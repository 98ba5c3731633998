"""When bidding closes by default, and from when the box may be opened."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

HERE: Final = ZoneInfo("Asia/Shanghai")
CLOSING_HOUR: Final = time(17, 0, tzinfo=HERE)


def default_deadline(opens_at: datetime, bidding_days: int) -> datetime:
    """The deadline ``bidding_days`` calendar days after the opening, at 17:00 China time.

    A window that opens on 11 May for 30 days closes on 10 June at 17:00.
    Source: rules, ``bidding_days``; the hour is that of published calls (17:00 or 17:30).
    """
    last_day = opens_at.astimezone(HERE).date() + timedelta(days=bidding_days)
    return datetime.combine(last_day, CLOSING_HOUR)


def box_opens_from(closes_at: datetime) -> datetime:
    """The first moment at which a board's box may be opened: right after its deadline, which is still in time."""
    return closes_at + timedelta(microseconds=1)
