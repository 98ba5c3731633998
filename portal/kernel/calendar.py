"""Working days: the State Council's holiday table with its make-up weekends, and periods counted in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chinese_calendar import constants

from portal.kernel.errors import PortalError


class UnknownYear(PortalError):
    """Nobody has entered this year's holiday table yet, so no period may be decided in it."""

    code = "unknown_year"
    status = 422

    def __init__(self, year: int) -> None:
        super().__init__(year=year)
        self.year = year


@dataclass(frozen=True)
class WorkingDays:
    """A holiday table: the years it knows, and the days in them that differ from Monday to Friday.

    ``exceptions`` says of such a day whether people work on it (a make-up weekend: True) or
    rest (a holiday: False).
    """

    years: frozenset[int]
    exceptions: Mapping[date, bool]

    def with_days(self, days: Mapping[date, bool], years: Iterable[int] = ()) -> "WorkingDays":
        """This table with ``days`` laid over it, knowing ``years`` besides; the upper one wins."""
        return WorkingDays(self.years | frozenset(years), {**self.exceptions, **days})

    def works_on(self, day: date) -> bool:
        """Whether people work on ``day``; raises UnknownYear for a year without a table."""
        if day.year not in self.years:
            raise UnknownYear(day.year)
        return self.exceptions.get(day, day.weekday() < 5)


SHIPPED = WorkingDays(
    years=frozenset(day.year for day in constants.holidays),
    exceptions={**dict.fromkeys(constants.holidays, False), **dict.fromkeys(constants.workdays, True)},
)


def is_working_day(day: date, *, table: WorkingDays = SHIPPED) -> bool:
    """Whether offices work on ``day``.

    Raises UnknownYear for a year without a table; nothing is estimated.
    Source: the State Council's yearly notice on public holidays.
    """
    return table.works_on(day)


def period_days(start: date, working_days: int, *, table: WorkingDays = SHIPPED) -> list[date]:
    """The ``working_days`` days of a period in order, ``start`` among them if it is a working day.

    Raises ValueError when ``working_days`` is below 1, UnknownYear when the period needs a
    year without a table.
    """
    if working_days < 1:
        raise ValueError(f"a period has at least one working day, not {working_days}")
    counted, day = [], start
    while True:
        if table.works_on(day):
            counted.append(day)
        if len(counted) == working_days:
            return counted
        day += timedelta(days=1)


def period_end(start: date, working_days: int, *, table: WorkingDays = SHIPPED) -> date:
    """The last day of a period counted with both ends; five from 30 April 2026 end on Saturday 9 May.

    Raises as :func:`period_days` does.
    Source: practice of published notices, which all count first and last day.
    """
    return period_days(start, working_days, table=table)[-1]
