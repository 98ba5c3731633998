"""How long a public notice (公示) stays open to objections."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.kernel.calendar import SHIPPED, WorkingDays, period_days

HERE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class NoticePeriod:
    """The counted working days of a notice, and the two moments between which it is open."""

    days: tuple[date, ...]
    begins_at: datetime
    ends_at: datetime

    @property
    def last_on(self) -> date:
        """The last day, which belongs to the period to its end."""
        return self.days[-1]

    def is_open(self, now: datetime) -> bool:
        """Whether an objection filed at ``now`` is in time; the end itself is too late."""
        return self.begins_at <= now < self.ends_at


def notice_period(
    start: date, working_days: int, *, table: WorkingDays = SHIPPED, zone: ZoneInfo = HERE
) -> NoticePeriod:
    """The period of a notice put up on ``start``: ``working_days`` counted with first and last day.

    It is open from the beginning of ``start`` and ends when its last day ends, that is at 0:00
    of the next one. Five working days from 30 April 2026 are 30 April, 6, 7, 8 and Saturday
    9 May. A start on a day of rest is not counted.

    Raises ValueError for less than one day, UnknownYear where no holiday table is entered.
    Source: practice of published notices; rules, ``notice_days``.
    """
    days = tuple(period_days(start, working_days, table=table))
    midnight = time(tzinfo=zone)
    return NoticePeriod(
        days=days,
        begins_at=datetime.combine(start, midnight),
        ends_at=datetime.combine(days[-1] + timedelta(days=1), midnight),
    )
