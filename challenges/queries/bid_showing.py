"""A bid in words: a field beside another's text, an offer beside what is asked, the whole before it is sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.models import Bid, Comparator
from challenges.policy.shape import number_of
from challenges.queries.bid_overview import FIELDS
from portal.faces import Check
from portal.queries.doers import named
from portal.show import NONE, show_amount, show_number

SUBJECTS = {
    "equipment": gettext_lazy("Equipment"),
    "business": gettext_lazy("Business expenses"),
    "labour": gettext_lazy("Labour"),
    "indirect": gettext_lazy("Indirect costs"),
}
"""The subjects of a budget."""


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
        return cls(str(FIELDS[field]), named(touch["name"], touch.get("for", "")), datetime.fromisoformat(touch["at"]), lines)


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
    if column == "subject":
        return str(SUBJECTS.get(str(value), value))
    return str(value) if value not in ("", None) else NONE


@dataclass(frozen=True)
class Essence:
    """What an administrator looks at before sealing."""

    members: Sequence[Mapping[str, object]]
    offers: int
    short: Sequence[str]
    milestones: int
    files: int
    bytes: int


def essence(document: Mapping[str, object], bid: Bid) -> Essence:
    """A complete draft in short: who, how many offers stay below the board and which, how many files."""
    asked = {row["id"]: row for row in bid.asked}
    offers = [(row, asked[row["indicator"]]) for row in document["offers"] if row["indicator"] in asked]
    short = [one["name"] for row, one in offers if not _satisfied(row["value"], one)]
    files = document["files"]
    members = document["consortium"] or [{"name": bid.lead.name, "share_percent": "100"}]
    return Essence(members, len(offers), short, len(document["milestones"]), len(files), sum(file["size"] for file in files))


def requirement(comparator: str, value: Decimal, unit: str) -> str:
    """What a board asks for: ≤ 0.05 % FS."""
    return f"{Comparator(comparator).label} {show_number(value)} {unit}".strip()


def meets(comparator: str, offered: Decimal, asked: Decimal) -> bool:
    """Whether a value offered satisfies the value asked for."""
    if comparator == Comparator.AT_MOST:
        return offered <= asked
    if comparator == Comparator.AT_LEAST:
        return offered >= asked
    return offered == asked


def asked_for(row: Mapping[str, str]) -> str:
    """What the board asks for, from a row of ``with_everything``."""
    return requirement(row["comparator"], Decimal(row["value"]), row["unit"])


def _satisfied(value: object, asked: Mapping[str, str]) -> bool:
    number = number_of(value)
    return number is not None and meets(asked["comparator"], number, Decimal(asked["value"]))


def promises() -> list[Check]:
    """What a box in escrow, the one mode so far, promises and what it does not, in words that hold."""
    return [
        Check(_("Not opened before the deadline, and shown to nobody")),
        Check(_("Every use of the board's key is on the record")),
        Check(_("Escrow: the operator of the server is trusted"), "warn", _("The key is kept outside the database. A box that no operator could open needs trustees.")),
    ]
