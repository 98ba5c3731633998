"""What the sheets of one candidate come to: official score, plain mean, technical part, and what was dropped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from challenges.policy.scoring import official_score, sum_of_points

TECHNICAL_PLACES = 4


@dataclass(frozen=True)
class Marked:
    """One valid sheet: its id, its seat, its exact total, and the points of its technical criteria."""

    sheet: str
    seat: int
    total: Decimal
    technical: Decimal


@dataclass(frozen=True)
class Outcome:
    """A candidate's figures; ``sheets`` counts the valid ones, ``official`` None means too few."""

    official: Decimal | None
    plain_mean: Decimal | None
    technical: Decimal | None
    dropped: tuple[str, ...]
    sheets: int


def marked(sheet: str, seat: int, points: Mapping[str, Decimal], technical: frozenset[str]) -> Marked:
    """A sheet from its points by criterion; ``technical`` names the technical criteria."""
    return Marked(
        sheet,
        seat,
        sum_of_points(points.values()),
        sum_of_points(given for criterion, given in points.items() if criterion in technical),
    )


def outcome(sheets: Sequence[Marked], *, least: int, trim_from: int) -> Outcome:
    """Official score and what stands beside it, from all valid sheets of one candidate in any order.

    From ``trim_from`` sheets on, one highest and one lowest are dropped; of equal extremes the
    lowest is that of the first seat and the highest that of the last. The plain mean is over all
    sheets. The technical part is the mean over the sheets that count, to four digits, half up.
    """
    in_order = sorted(sheets, key=lambda sheet: (sheet.total, sheet.seat))
    if not in_order or len(in_order) < least:
        return Outcome(None, None, None, (), len(in_order))
    dropped = (in_order[0], in_order[-1]) if len(in_order) >= trim_from else ()
    counted = [sheet for sheet in in_order if sheet not in dropped]
    return Outcome(
        official=official_score([sheet.total for sheet in in_order], least=least, trim_from=trim_from),
        plain_mean=official_score([sheet.total for sheet in in_order], least=1, trim_from=len(in_order) + 1),
        technical=_mean([sheet.technical for sheet in counted]),
        dropped=tuple(sheet.sheet for sheet in dropped),
        sheets=len(in_order),
    )


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    mean = sum(map(Fraction, numbers), Fraction(0)) / len(numbers)
    return Decimal((mean * 2 * 10**TECHNICAL_PLACES + 1) // 2).scaleb(-TECHNICAL_PLACES)
