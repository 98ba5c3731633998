"""What an indicator promises: whether one value falls short of another."""

from decimal import Decimal


def falls_short(comparator: str, promised: Decimal, value: Decimal) -> bool:
    """Whether ``value`` asks for less than ``promised``: above a ceiling, below a floor, or not the same.

    Source: task book indicators may not be lower than the application's, nor those than the board's.
    """
    if comparator == "<=":
        return value > promised
    if comparator == ">=":
        return value < promised
    return value != promised
