"""How money, moments and lists read in the reader's language.

Chinese shows 万元 (ten thousand yuan), English shows RMB million; nothing is ever rounded,
so an amount that needs more digits gets them.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

NONE = "–"
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_english() -> bool:
    """Whether the reader's language is English."""
    return (get_language() or "").startswith("en")


def show_number(number: Decimal | int, places: int = 0) -> str:
    """A number with thousands separated, at least ``places`` digits after the point, and never fewer than it has."""
    whole = Decimal(number).normalize()
    exact = max(places, -min(0, int(whole.as_tuple().exponent)))
    return f"{whole:,.{exact}f}".replace("-", "−")


def show_percent(share: Decimal | int) -> str:
    """A share in per cent, exact and without idle zeros: 60 %."""
    return f"{show_number(share)} %"


def show_amount(fen: int | None, *, places: int = 2, unit: bool = False) -> str:
    """Fen as 万元, or as RMB million in English; a dash for no amount."""
    if fen is None:
        return NONE
    english = in_english()
    text = show_number(Decimal(fen).scaleb(-8 if english else -6), 2 if english else places)
    if not unit:
        return text
    return f"RMB {text} million" if english else f"{text} 万元"


def show_yuan(fen: int | None, *, unit: bool = False) -> str:
    """Fen as full yuan with two digits."""
    if fen is None:
        return NONE
    text = show_number(Decimal(fen).scaleb(-2), 2)
    if not unit:
        return text
    return f"RMB {text}" if in_english() else f"{text} 元"


def show_moment(moment: datetime | None, *, zone: bool = False, seconds: bool = False) -> str:
    """Date, weekday and hour in China; with the zone where a deadline is meant."""
    if moment is None:
        return NONE
    local = timezone.localtime(moment)
    clock = f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"
    if in_english():
        text = f"{WEEKDAYS_EN[local.weekday()]} {local.day} {MONTHS_EN[local.month - 1]} {local.year}, {clock}"
        return f"{text} China time (UTC+8)" if zone else text
    text = f"{local.year}年{local.month}月{local.day}日（周{WEEKDAYS_ZH[local.weekday()]}）{clock}"
    return f"{text}，北京时间（UTC+8）" if zone else text


def show_day(day: date | datetime | None, *, year: bool = True, weekday: bool = False) -> str:
    """A calendar day in China."""
    if day is None:
        return NONE
    local = timezone.localtime(day).date() if isinstance(day, datetime) else day
    if in_english():
        text = f"{local.day} {MONTHS_EN[local.month - 1] if year else MONTHS_EN[local.month - 1][:3]}"
        text = f"{text} {local.year}" if year else text
        return f"{WEEKDAYS_EN[local.weekday()][:3]} {text}" if weekday else text
    text = f"{local.month}月{local.day}日"
    text = f"{local.year}年{text}" if year else text
    return f"{text} 周{WEEKDAYS_ZH[local.weekday()]}" if weekday else text


def show_short(moment: datetime | None) -> str:
    """Day and hour without the year, for tables."""
    if moment is None:
        return NONE
    return f"{show_day(moment, year=False)} {timezone.localtime(moment):%H:%M}"


def show_exact(moment: datetime | None) -> str:
    """A moment to the microsecond, as it stands on receipts."""
    if moment is None:
        return NONE
    local = timezone.localtime(moment)
    return f"{show_moment(moment, seconds=True)}.{local.microsecond // 1000:03} {local.microsecond % 1000:03}"


def show_left(moment: datetime, now: datetime) -> str:
    """What is left until a moment, or how long it is past, in its two largest units."""
    minutes = int(abs((moment - now).total_seconds())) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days >= 5 or (days and not hours):
        text = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    elif days:
        text = _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    elif hours:
        text = _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes % 60}
    else:
        text = _("%(minutes)s min") % {"minutes": minutes}
    return text if moment >= now else _("overdue by %(time)s") % {"time": text}


def listed(words: Iterable[object]) -> str:
    """Words in a row, with the comma of the language."""
    return pgettext("between the words of a list", ", ").join(str(word) for word in words)
