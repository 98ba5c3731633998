"""Places on rulers and score plots, worked out on the server, so that pages need no script for them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from portal.faces import Ruler, Scored
from portal.show import show_amount, show_number

TICK = 5
DOT_GAP = 12
BASE_LINE = 52


@dataclass(frozen=True)
class Axis:
    """A scale of points from ``low`` to ``high``."""

    low: Decimal
    high: Decimal

    def place(self, value: Decimal | int) -> str:
        """Where a value stands, from the left, in per cent."""
        return _percent(Decimal(value) - self.low, self.high - self.low)

    @property
    def ticks(self) -> list[tuple[str, str]]:
        """Each tick's place and number."""
        steps = range(int(self.low), int(self.high) + 1, TICK if self.high - self.low <= 60 else 2 * TICK)
        return [(self.place(step), str(step)) for step in steps]


def axis_of(items: Sequence[Scored], pass_line: Decimal | int | None) -> Axis:
    """An axis to 100 that begins on the tick below the lowest score."""
    totals = [point.total for item in items for point in item.points]
    lowest = min([*totals, *([Decimal(pass_line)] if pass_line is not None else []), Decimal(95)])
    low = ((lowest - 1) / TICK).to_integral_value(ROUND_FLOOR) * TICK
    return Axis(max(Decimal(0), low), Decimal(100))


def draw_scores(item: Scored, axis: Axis) -> dict[str, Any]:
    """The dots of one bid, equal totals on top of each other, and the mark of its official score."""
    seen: Counter[Decimal] = Counter()
    dots = []
    for point in item.points:
        dots.append(
            {
                "x": axis.place(point.total),
                "y": 30 - DOT_GAP * seen[point.total],
                "dropped": point.dropped,
                "total": point.total,
            }
        )
        seen[point.total] += 1
    return {"dots": dots, "mean": "" if item.official is None else axis.place(item.official), "base": BASE_LINE}


def draw_ruler(ruler: Ruler) -> dict[str, Any]:
    """The stretches and marks of a ruler, with their words."""
    at, stretches = 0, []
    for part in ruler.parts:
        stretches.append(
            {
                "x": _percent(at, ruler.whole),
                "width": _percent(part.amount, ruler.whole),
                "look": part.look,
                "part": part,
                "text": _text(ruler, part.amount),
            }
        )
        at += part.amount
    marks = [
        {"x": _percent(mark.amount, ruler.whole), "anchor": _anchor(mark.amount, ruler.whole), "mark": mark}
        for mark in ruler.marks
    ]
    return {"finding": ruler.finding, "stretches": stretches, "marks": marks, "whole": _text(ruler, ruler.whole)}


def _text(ruler: Ruler, amount: int) -> str:
    return show_amount(amount, places=0) if ruler.unit == "fen" else show_number(amount)


def _percent(part: Decimal | int, whole: Decimal | int) -> str:
    if not whole:
        return "0%"
    share = Decimal(part) * 100 / Decimal(whole)
    return f"{min(max(share, Decimal(0)), Decimal(100)):.2f}%"


def _anchor(amount: int, whole: int) -> str:
    if amount * 5 < whole:
        return "start"
    return "end" if amount * 5 > whole * 4 else "middle"
