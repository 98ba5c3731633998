"""Whether the money of an agreement adds up, and how its amount is shared in a consortium."""

from collections.abc import Sequence
from decimal import Decimal

from portal.kernel.errors import Refused
from portal.kernel.money import split

HUNDREDTHS = 100


def balanced(code: str, amount_fen: int, sum_fen: int) -> None:
    """Raise Refused with ``code`` and facts ``amount_fen``, ``sum_fen``, ``difference_fen`` unless both are equal."""
    if sum_fen != amount_fen:
        raise Refused(code, amount_fen=amount_fen, sum_fen=sum_fen, difference_fen=abs(sum_fen - amount_fen))


def shares_by_percent(amount_fen: int, percents: Sequence[Decimal | None]) -> list[int]:
    """The amount divided by the percentages of a consortium, exactly; all to a single bidder.

    Where no percentage is given the first, the lead, takes all.
    """
    if not percents:
        return []
    weights = [int((percent or 0) * HUNDREDTHS) for percent in percents]
    if not any(weights):
        return [amount_fen] + [0] * (len(percents) - 1)
    return split(amount_fen, weights)
