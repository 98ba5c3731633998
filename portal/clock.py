"""The one clock: the database's, read through the SQL function ``portal_now()``."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import DateTimeField, Func

CHINA: Final = ZoneInfo("Asia/Shanghai")
CLOCK: Final = None
"""The actor of what happens because a moment has come."""


class PortalNow(Func):
    """``portal_now()`` inside a query."""

    template = "portal_now()"
    output_field = DateTimeField()


@dataclass(frozen=True)
class Moment:
    """A moment by the portal's clock, and whether that clock was moved (``rehearsal``)."""

    at: datetime
    rehearsal: bool


def read_clock() -> Moment:
    """Now, and whether a rehearsal or demo has moved the clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_now(), EXISTS (SELECT 1 FROM portal_clock)")
        return Moment(*cursor.fetchone())


def portal_now() -> datetime:
    """Now, by the portal's clock."""
    return read_clock().at


def china_date(moment: datetime) -> date:
    """The calendar day of a moment in China."""
    return moment.astimezone(CHINA).date()
