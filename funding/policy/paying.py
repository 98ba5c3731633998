"""How much of an instalment may be paid, how many must approve it, and how payments are numbered."""

from decimal import Decimal

from portal.kernel.money import share_floor

PAYMENT_NUMBER = "ZF-{year}-{number:04d}"
"""The reference of a payment, from preparation to the bank."""

LIST_NUMBER = "ZFQD-{year}-{number:04d}"
"""The number of a payment list."""

UNANSWERED_WORKING_DAYS = 3
"""Money that has been on its way to the bank for longer raises an alarm. Source: integrity of the clearing account."""

MILESTONE_REMINDER_DAYS = 14
CLAIM_REMINDER_DAYS = 7


def payable_after_payment(*, planned_fen: int, paid_fen: int, most_percent: int | Decimal) -> int:
    """What the city may pay after the poster proved a payment of its own: never more than planned, rounded down.

    Source: Anhui's rule, at most half of the poster's first payment: 600万 give 300万, 500万 give 250万.
    """
    return min(planned_fen, share_floor(paid_fen, most_percent))


def approvers_needed(amount_fen: int, *, two_from_fen: int, three_from_fen: int) -> int:
    """How many different people must approve a payment of this amount."""
    if amount_fen >= three_from_fen:
        return 3
    return 2 if amount_fen >= two_from_fen else 1
