"""A field of a bid in words, for reading beside another's text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from challenges.models import Bid
from challenges.queries.bid_overview import FIELDS
from portal.show import NONE, show_amount


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved in a field, line by line, with name and moment."""

    word: str
    name: str
    at: datetime
    lines: Sequence[str]

    @classmethod
    def of(cls, field: str, touch: Mapping[str, object], lines: Sequence[str]) -> "Theirs":
        """From what the draft remembers of the last change of a field."""
        return cls(str(FIELDS[field]), touch["name"], datetime.fromisoformat(touch["at"]), lines)


def in_words(field: str, value: object, bid: Bid) -> list[str]:
    """The lines of a field: a text as it is, an amount with its unit, a row in one line."""
    if isinstance(value, list):
        names = {row["id"]: row["name"] for row in bid.asked}
        return [" · ".join(_cell(column, cell, names) for column, cell in row.items() if cell not in ("", None)) for row in value]
    return [_cell(field, value, {})]


def _cell(column: str, value: object, names: Mapping[str, str]) -> str:
    if column.endswith("_fen"):
        return show_amount(value, unit=True)
    if column == "indicator":
        return names.get(str(value), NONE)
    return str(value) if value not in ("", None) else NONE
