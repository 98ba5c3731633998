"""The small values that components show; queries and pages build them, templates pass them on.

Words are already in the reader's language; amounts are fen; moments know their zone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal

Text = object
"""A string or a lazily translated one."""


@dataclass(frozen=True)
class Stage:
    """One step on the stage ruler: ``state`` is done, now, ended (stopped here) or nothing (still to come)."""

    word: Text
    note: Text = ""
    state: Literal["done", "now", "ended", ""] = ""


@dataclass(frozen=True)
class Todo:
    """One act that waits for this person: what, where, by when, and the word on its button."""

    what: Text
    url: str
    act: Text
    due_at: datetime | None = None
    detail: Text = ""


@dataclass(frozen=True)
class Check:
    """One condition: met, missing, pending or warned of; with its remedy and a way out."""

    what: Text
    state: Literal["met", "missing", "pending", "warn"] = "met"
    remedy: Text = ""
    end: Text = ""
    url: str = ""
    act: Text = ""


@dataclass(frozen=True)
class Part:
    """One stretch of a ruler, in the ruler's unit; hatched means promised and not yet happened."""

    word: Text
    amount: int
    look: Literal["a", "b", "c", "quiet", "hatched"] = "a"


@dataclass(frozen=True)
class Mark:
    """An upright line on a ruler: a floor, a cap, a budget."""

    amount: int
    word: Text


@dataclass(frozen=True)
class Ruler:
    """Amounts beside their limit. ``finding`` says in one sentence what one sees; readers hear it instead.

    ``unit`` is fen for money and count for everything else.
    """

    whole: int
    parts: Sequence[Part]
    finding: Text
    marks: Sequence[Mark] = ()
    unit: Literal["fen", "count"] = "fen"


@dataclass(frozen=True)
class Bar:
    """One stage of a funnel: how many came here, and how many were lost on the way."""

    word: Text
    count: int
    loss: Text = ""


@dataclass(frozen=True)
class Signer:
    """One who signs, in order; ``state`` says whether it is done, their turn, or later."""

    name: Text
    role: Text = ""
    note: Text = ""
    at: datetime | None = None
    state: Literal["done", "now", "wait", "refused"] = "wait"
    you: bool = False


@dataclass(frozen=True)
class Happening:
    """One entry of a short history."""

    what: Text
    at: datetime | None = None
    who: Text = ""
    detail: Text = ""
    state: Literal["done", "now", ""] = "done"


@dataclass(frozen=True)
class Points:
    """One sheet's total on the plot; ``dropped`` when it does not count."""

    total: Decimal
    dropped: bool = False


@dataclass(frozen=True)
class Scored:
    """One candidate on the plot: its points, its official score, and the plain mean beside it."""

    name: Text
    points: Sequence[Points]
    official: Decimal | None
    rank: int | None = None
    note: Text = ""
    plain_mean: Decimal | None = None


@dataclass(frozen=True)
class Tab:
    """One tab of a page, a link."""

    word: Text
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Entry:
    """One line of the navigation: where it leads and whether this page lies under it."""

    word: Text
    url: str
    current: bool = False
    children: Sequence["Entry"] = field(default=())
