"""How an award is divided into instalments."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from portal.kernel.errors import Refused
from portal.kernel.money import split

TRIGGERS = ("first_payment", "milestone", "acceptance")


def plan(award_fen: int, shares: Sequence[int | Decimal]) -> list[int]:
    """The instalments of an award by the percents of the rules; they add up to the award to the fen.

    Source: programme rules, instalment plan; 1000万 at 30, 40 and 30 % is 300, 400 and 300万.
    """
    return split(award_fen, [int(Decimal(str(share)) * 100) for share in shares])


def check_instalments(rows: Sequence[Mapping[str, object]], *, award_fen: int, milestones: int) -> None:
    """Whether instalments (``trigger``, ``milestone_position``, ``amount_fen``) come to the award exactly.

    Raises Refused ``instalments_not_the_award`` (facts name both sums and the difference),
    ``instalment_not_positive``, ``instalment_trigger_unknown``, ``instalment_milestone_unknown``.
    """
    for position, row in enumerate(rows, start=1):
        if row["trigger"] not in TRIGGERS:
            raise Refused("instalment_trigger_unknown", field="instalments", position=position)
        if row["amount_fen"] <= 0:
            raise Refused("instalment_not_positive", field="instalments", position=position)
        chosen = row.get("milestone_position")
        if (row["trigger"] == "milestone") != bool(chosen) or (chosen and not 1 <= chosen <= milestones):
            raise Refused("instalment_milestone_unknown", field="instalments", position=position)
    sum_fen = sum(row["amount_fen"] for row in rows)
    if sum_fen != award_fen:
        raise Refused(
            "instalments_not_the_award",
            field="instalments",
            sum_fen=sum_fen,
            award_fen=award_fen,
            difference_fen=abs(award_fen - sum_fen),
        )


def last_day(starts_on: date, months: int) -> date:
    """The last day of a period of whole months: 36 months from 1 September 2026 end on 31 August 2029."""
    return months_later(starts_on, months) - timedelta(days=1)


def months_later(day: date, months: int) -> date:
    """The same day so many months on, or the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    for shorter in range(4):
        try:
            return date(day.year + year, month + 1, day.day - shorter)
        except ValueError:
            continue
    raise ValueError(f"no day like {day} in {months} months")
