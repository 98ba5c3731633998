"""Whether a measured value reaches the target of a milestone."""

from decimal import Decimal


def meets_target(measured: Decimal, comparator: str, target: Decimal) -> bool:
    """Whether ``measured`` reaches ``target``: at most, at least, or exactly. 0.12 reaches "<= 0.15"."""
    if comparator == "<=":
        return measured <= target
    if comparator == ">=":
        return measured >= target
    return measured == target
