"""What a need may ask for: whose money, how long, and by when bids close."""

from datetime import datetime
from decimal import Decimal

from portal.kernel.errors import Refused
from portal.kernel.money import share_ceiling, share_floor

Percent = int | Decimal


def largest_city_money(total_fen: int, cap_fen: int, most_percent: Percent) -> int:
    """The most the city may give to a project of ``total_fen``: the class cap or its share, rounded down.

    Source: 合科〔2024〕38号: 1000万 or 200万 by class, the poster at least 60 % of total investment.
    """
    return max(0, min(cap_fen, share_floor(total_fen, most_percent)))


def check_money(
    *,
    total_fen: int,
    own_fen: int,
    city_fen: int,
    other_fen: int = 0,
    cap_fen: int,
    most_percent: Percent,
    least_percent: Percent,
) -> None:
    """Who pays how much of a planned project; both share rules hold, third sources count as neither.

    Raises Refused with ``negative_amount`` (facts ``field``, ``amount_fen``),
    ``total_not_positive``, ``sources_do_not_add_up`` (``total_fen``, ``sum_fen``,
    ``difference_fen``), ``over_class_cap``, ``own_share_too_small`` or ``city_share_too_large``.
    The last three name ``city_fen``, ``own_fen``, ``total_fen``, ``cap_fen``, ``least_percent``,
    ``most_percent``, ``least_own_fen`` and ``most_city_fen``, the largest city money that this
    total and these third sources allow when the poster carries the rest.
    Source: 合科〔2024〕38号; 2400万 with 1000万 from the city is refused, 960万 being the most.
    """
    _check_sources(total_fen, own_fen=own_fen, city_fen=city_fen, other_fen=other_fen)
    least_own_fen = share_ceiling(total_fen, least_percent)
    room_fen = max(0, total_fen - other_fen - least_own_fen)
    facts = {
        "total_fen": total_fen,
        "own_fen": own_fen,
        "city_fen": city_fen,
        "cap_fen": cap_fen,
        "least_percent": least_percent,
        "most_percent": most_percent,
        "least_own_fen": least_own_fen,
        "most_city_fen": min(room_fen, largest_city_money(total_fen, cap_fen, most_percent)),
    }
    if city_fen > cap_fen:
        raise Refused("over_class_cap", **facts)
    if own_fen < least_own_fen:
        raise Refused("own_share_too_small", **facts)
    if city_fen > share_floor(total_fen, most_percent):
        raise Refused("city_share_too_large", **facts)


def check_period(months: int, *, most_months: int) -> None:
    """A project lasts at least a month and no longer than its class allows.

    Raises Refused ``period_too_short`` or ``period_too_long`` (facts ``months``, ``most_months``).
    Source: 合科〔2024〕38号: major 3 years (5 in pharmacy and the like), key 2 (3).
    """
    if months < 1:
        raise Refused("period_too_short", months=months, most_months=most_months)
    if months > most_months:
        raise Refused("period_too_long", months=months, most_months=most_months)


def check_dates(
    *, opens_at: datetime, closes_at: datetime, opening_at: datetime, now: datetime, least_days: int = 0
) -> None:
    """A board's moments stand in order: now, window, deadline, then the opening of the box.

    ``closes_at`` is the deadline for bids, ``opening_at`` the moment from which the box may be
    opened; the window lasts at least ``least_days`` whole days of 24 hours.

    Raises Refused ``deadline_passed_already``, ``deadline_before_window``, ``window_too_short``
    (fact ``least_days``) or ``opening_before_deadline``, with facts ``opens_at``, ``closes_at``
    and ``opening_at``; ValueError for a moment without a time zone.
    """
    moments = {"opens_at": opens_at, "closes_at": closes_at, "opening_at": opening_at}
    if any(moment.utcoffset() is None for moment in (*moments.values(), now)):
        raise ValueError("moments need a time zone")
    if closes_at <= now:
        raise Refused("deadline_passed_already", **moments)
    if closes_at <= opens_at:
        raise Refused("deadline_before_window", **moments)
    if (closes_at - opens_at).days < least_days:
        raise Refused("window_too_short", least_days=least_days, **moments)
    if opening_at <= closes_at:
        raise Refused("opening_before_deadline", **moments)


def _check_sources(total_fen: int, **sources: int) -> None:
    for field, amount_fen in sources.items():
        if amount_fen < 0:
            raise Refused("negative_amount", field=field, amount_fen=amount_fen)
    if total_fen <= 0:
        raise Refused("total_not_positive", total_fen=total_fen)
    sum_fen = sum(sources.values())
    if sum_fen != total_fen:
        difference_fen = abs(total_fen - sum_fen)
        raise Refused("sources_do_not_add_up", total_fen=total_fen, sum_fen=sum_fen, difference_fen=difference_fen)
