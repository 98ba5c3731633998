"""The money of a need or board as people look at it: who carries which part, beside floor and cap."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from challenges.models import Challenge
from challenges.policy.eligibility import largest_city_money
from portal.faces import Mark, Part, Ruler
from portal.kernel.money import share_ceiling
from portal.show import show_amount, show_number

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Money:
    """Shares in percent to one digit, the limits in fen, and the ruler of all sources."""

    own_percent: str
    city_percent: str
    least_own_fen: int
    most_city_fen: int
    in_house_fen: int | None
    ruler: Ruler | None


def money_of(challenge: Challenge) -> Money:
    """The money of one challenge; without a total there is no ruler yet."""
    total_fen = challenge.total_fen
    least_fen = share_ceiling(total_fen, challenge.least_percent)
    most_fen = largest_city_money(total_fen, challenge.cap_fen, challenge.most_percent)
    in_house_fen = None if challenge.board_fen is None else total_fen - challenge.board_fen
    return Money(
        own_percent=percent(challenge.own_fen, total_fen),
        city_percent=percent(challenge.city_fen, total_fen),
        least_own_fen=least_fen,
        most_city_fen=most_fen,
        in_house_fen=in_house_fen if in_house_fen is not None and in_house_fen >= 0 else None,
        ruler=_ruler(challenge, least_fen, most_fen) if total_fen > 0 else None,
    )


def percent(part_fen: int, whole_fen: int) -> str:
    """A share to one digit after the point, with its sign; nothing where there is no whole."""
    if whole_fen <= 0:
        return ""
    return f"{(Decimal(part_fen) * 100 / Decimal(whole_fen)).quantize(TENTH, ROUND_HALF_UP)} %"


def _ruler(challenge: Challenge, least_fen: int, most_fen: int) -> Ruler:
    parts = [Part(_("Own funds"), challenge.own_fen, "a"), Part(_("City money"), challenge.city_fen, "b")]
    if challenge.other_fen:
        parts.append(Part(_("Other sources"), challenge.other_fen, "quiet"))
    least = _("own funds at least %(percent)s %% (%(amount)s)") % {
        "percent": show_number(challenge.least_percent), "amount": show_amount(least_fen, places=0),
    }  # fmt: skip
    finding = _(
        "Own funds %(own)s (%(own_percent)s), at least %(least)s; city money %(city)s (%(city_percent)s), at most %(most)s"
    ) % {
        "own": show_amount(challenge.own_fen, unit=True),
        "own_percent": percent(challenge.own_fen, challenge.total_fen),
        "least": show_amount(least_fen, unit=True),
        "city": show_amount(challenge.city_fen, unit=True),
        "city_percent": percent(challenge.city_fen, challenge.total_fen),
        "most": show_amount(most_fen, unit=True),
    }
    return Ruler(challenge.total_fen, parts, finding, [Mark(least_fen, least)])
