"""The official score: from an expert's points to the one number that has legal force."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction

from portal.kernel.errors import Incomplete, Refused

EXACT = Context(prec=200, traps=[Inexact, InvalidOperation])
HUNDRED = Decimal(100)


def official_score(sheets: Sequence[Decimal], *, least: int = 3, trim_from: int = 5) -> Decimal | None:
    """The panel's score for one candidate from exact sheet totals, in any order.

    From ``trim_from`` valid sheets on, one highest and one lowest are dropped; below ``least``
    there is no score and the panel has to be completed. The mean is rounded once, half up,
    to two digits.

    Raises TypeError for a float, ValueError for a total that is not a finite number.
    Source: integrity rules of the programme; drop of extremes from five sheets on.
    """
    totals = sorted(_exact(total) for total in sheets)
    if len(totals) < least or not totals:
        return None
    if len(totals) >= trim_from:
        totals = totals[1:-1]
    return _half_up(sum(totals, Fraction(0)) / len(totals))


def rounded(score: Decimal) -> Decimal:
    """A score to two digits, half up; what is already rounded stays as it is."""
    return _half_up(_exact(score))


def sheet_total(points: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """One sheet's total where every criterion is scored from 0 to 100: points by weight in percent.

    Exact and never rounded; the pairs may stand in any order. Raises Refused as
    :func:`check_weights` does.
    """
    check_weights([weight for _, weight in points])
    total = Decimal(0)
    for given, weight in points:
        total = EXACT.add(total, EXACT.multiply(given, weight))
    return EXACT.divide(total, HUNDRED)


def sum_of_points(points: Iterable[Decimal]) -> Decimal:
    """One sheet's total where a criterion's weight is also its most points; exact, in any order."""
    total = Decimal(0)
    for given in points:
        total = EXACT.add(total, given)
    return total


def check_weights(weights: Sequence[Decimal]) -> None:
    """A rubric's weights are positive and add up to exactly 100.

    Raises Refused ``weight_not_positive`` (fact ``weight_percent``) or ``weights_not_100``
    (fact ``sum_percent``).
    """
    total = Decimal(0)
    for weight in weights:
        if not weight > 0:
            raise Refused("weight_not_positive", weight_percent=weight)
        total = EXACT.add(total, weight)
    if total != HUNDRED:
        raise Refused("weights_not_100", sum_percent=total)


def check_points(
    points: Mapping[str, Decimal | None], criteria: Mapping[str, tuple[str, Decimal]], *, step: Decimal | None = None
) -> None:
    """Every criterion has points between 0 and its most, in whole ``step``s where the rules set one.

    ``points`` and ``criteria`` (name for people, most points) are keyed by the criterion's id.

    Raises Incomplete ``points_missing`` (facts ``missing``: ids, ``names``), Refused
    ``unknown_criterion``, ``points_out_of_range`` or ``points_off_step`` (facts ``criterion``,
    ``points``, ``most``, ``step``).
    """
    if missing := [key for key in criteria if points.get(key) is None]:
        raise Incomplete("points_missing", missing=missing, names=", ".join(criteria[key][0] for key in missing))
    for key, given in points.items():
        if key not in criteria:
            raise Refused("unknown_criterion", criterion=key)
        name, most = criteria[key]
        if not (given.is_finite() and 0 <= given <= most):
            raise Refused("points_out_of_range", criterion=name, points=given, most=most)
        if step is not None and _exact(given) % _exact(step):
            raise Refused("points_off_step", criterion=name, points=given, step=step)


def _exact(number: Decimal) -> Fraction:
    if isinstance(number, float):
        raise TypeError("scores are Decimal, never float")
    try:
        return Fraction(number)
    except OverflowError:
        raise ValueError(f"{number} is not a score") from None


def _half_up(value: Fraction) -> Decimal:
    sign = "-" if value < 0 else ""
    cents = (abs(value) * 200 + 1) // 2
    return Decimal(f"{sign}{cents // 100}.{cents % 100:02}")
