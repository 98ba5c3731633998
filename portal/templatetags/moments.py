"""Moments in templates; always by China's clock."""

from datetime import date, datetime

from django.template import Library

from portal import show

register = Library()


@register.filter
def moment(at: datetime | None) -> str:
    """2026年6月10日（周三）17:00 / Wednesday 10 June 2026, 17:00."""
    return show.show_moment(at)


@register.filter
def moment_zone(at: datetime | None) -> str:
    """The moment with its zone, where a deadline is meant."""
    return show.show_moment(at, zone=True)


@register.filter
def moment_exact(at: datetime | None) -> str:
    """The moment to the microsecond, for receipts."""
    return show.show_exact(at)


@register.filter
def moment_short(at: datetime | None) -> str:
    """6月10日 17:00 / 10 Jun 17:00, for tables."""
    return show.show_short(at)


@register.filter
def day(at: date | datetime | None) -> str:
    """2026年6月10日 / 10 June 2026."""
    return show.show_day(at)


@register.filter
def day_short(at: date | datetime | None) -> str:
    """6月10日 周三 / Wed 10 Jun."""
    return show.show_day(at, year=False, weekday=True)


@register.filter
def stamp(at: datetime | None) -> str:
    """The moment for machines, in a ``datetime`` attribute."""
    return at.isoformat() if at else ""


@register.filter
def moment_seconds(at: datetime | None) -> str:
    """The moment with its seconds, for the clock in the foot."""
    return show.show_moment(at, seconds=True)
