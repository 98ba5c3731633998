"""The names by which a legal person may be known on a day: its own, those it had, and that of who took it in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from unicodedata import normalize


class Known(StrEnum):
    """Why a name stands for somebody."""

    PRESENT = "present"
    FORMER = "former"
    SUCCESSOR = "successor"


@dataclass(frozen=True)
class Naming:
    """One name of a legal person: why it counts, from which day and up to which day (not included).

    ``changed_on`` is the day of the renaming or of the merge, ``document`` the number on which a merge rests,
    ``of`` the organisation whose name it is.
    """

    name: str
    of: str
    known: Known = Known.PRESENT
    from_on: date | None = None
    until_on: date | None = None
    changed_on: date | None = None
    document: str = ""

    def holds_on(self, day: date, *, late_days: int = 0) -> bool:
        """Whether the name counts on a day; a former one ``late_days`` longer, since banks follow later."""
        if self.from_on and day < self.from_on:
            return False
        late = timedelta(days=late_days if self.known == Known.FORMER else 0)
        return self.until_on is None or day < self.until_on + late


def same_name(one: str, other: str) -> bool:
    """Whether two names of a legal person are the same, whatever the width of brackets and the blanks."""
    return _plain(one) == _plain(other)


def naming_for(said: str, namings: Iterable[Naming], day: date, *, late_days: int = 0) -> Naming | None:
    """By which of its names somebody is meant on a day; the present name first, None for a stranger."""
    fitting = [each for each in namings if same_name(said, each.name) and each.holds_on(day, late_days=late_days)]
    order = list(Known)
    return min(fitting, key=lambda each: order.index(each.known), default=None)


def successor_on(namings: Iterable[Naming], day: date) -> Naming | None:
    """The name of who had taken an organisation in by a day; None while it stands alone."""
    return next((each for each in namings if each.known == Known.SUCCESSOR and each.holds_on(day)), None)


def _plain(name: str) -> str:
    return "".join(normalize("NFKC", name).split()).casefold()
