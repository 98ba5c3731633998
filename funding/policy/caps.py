"""How much city money a project may get, and whether its poster carries enough."""

from decimal import Decimal
from fractions import Fraction

from challenges.policy.eligibility import largest_city_money


def largest_award(
    *, total_fen: int, requested_fen: int, cap_fen: int, most_percent: int | Decimal, budget_left_fen: int
) -> int:
    """The largest award: class cap, share of the base, request or what is left, whichever is least.

    ``total_fen`` is the base that the rules name (total investment, contract, paid, audited).
    Rounded down to a fen; never below 0.
    Source: 合科〔2024〕38号 for cap and share; on an audited 2450万 at 40 % it is 980万.
    """
    return max(0, min(largest_city_money(total_fen, cap_fen, most_percent), requested_fen, budget_left_fen))


def own_share_ok(*, own_fen: int, total_fen: int, least_percent: int | Decimal) -> bool:
    """Whether the poster's own money reaches its least share of the total, to the fen.

    Source: 合科〔2024〕38号, at least 60 % of total investment.
    """
    return Fraction(own_fen) * 100 >= total_fen * Fraction(least_percent)
