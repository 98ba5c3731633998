"""Deadlines as people see them: what is left, how urgent it is, and work grouped by due date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.faces import Todo
from portal.show import show_day, show_left

SOON = timedelta(days=5)


@dataclass(frozen=True)
class Left:
    """A countdown in days, hours, minutes and seconds; all zero once it is over."""

    days: int
    hours: int
    minutes: int
    seconds: int
    over: bool


def countdown(at: datetime, now: datetime) -> Left:
    """What is left; at the moment itself it is not over yet."""
    left = max(0, int((at - now).total_seconds()))
    return Left(left // 86400, left // 3600 % 24, left // 60 % 60, left % 60, over=now > at)


def urgency(at: datetime, now: datetime) -> str:
    """late when past, warn under five days, else nothing."""
    if now > at:
        return "late"
    return "warn" if at - now < SOON else ""


def grouped(items: Sequence[Todo], now: datetime) -> list[dict]:
    """To-dos by due date: overdue, today, this week, later, without a date; empty groups are left out."""
    today = timezone.localtime(now).date()
    week_ends = today + timedelta(days=6 - today.weekday())
    groups: dict[str, list] = {"late": [], "today": [], "week": [], "later": [], "undated": []}
    for item in sorted(items, key=lambda each: (each.due_at is None, each.due_at or now)):
        groups[_group(item, now, today, week_ends)].append(_row(item, now, today))
    words = {
        "late": _("Overdue"), "today": _("Today"), "week": _("This week"), "later": _("Later"), "undated": _("No date set"),
    }  # fmt: skip
    return [{"kind": kind, "word": words[kind], "rows": rows} for kind, rows in groups.items() if rows]


def _group(item: Todo, now: datetime, today: object, week_ends: object) -> str:
    if item.due_at is None:
        return "undated"
    if item.due_at < now:
        return "late"
    day = timezone.localtime(item.due_at).date()
    if day == today:
        return "today"
    return "week" if day <= week_ends else "later"


def _row(item: Todo, now: datetime, today: object) -> dict:
    if item.due_at is None:
        return {"item": item, "when": "", "left": ""}
    local = timezone.localtime(item.due_at)
    if local.date() == today:
        when = _("by %(hour)s") % {"hour": f"{local:%H:%M}"}
    else:
        when = show_day(item.due_at, year=False, weekday=True)
    return {"item": item, "when": when, "left": show_left(item.due_at, now)}


def today_and_week(items: Sequence[Todo], now: datetime) -> tuple[int, int]:
    """How many acts are due today or overdue, and how many more by the end of the week."""
    today = timezone.localtime(now).date()
    week_ends = today + timedelta(days=6 - today.weekday())
    kinds = [_group(item, now, today, week_ends) for item in items]
    return kinds.count("late") + kinds.count("today"), kinds.count("week")
