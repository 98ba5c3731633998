"""Everything the portal holds about one person, by the lines of the register of personal data.

A source says where the values of a line lie; each app adds its own from ``apps.py:ready()`` with
:func:`register`. A source yields what is the person's own and names nobody else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from portal.models import DataExport, User
from portal.personal_data import REGISTER, Line, shown
from portal.queries.people import accounts_of
from portal.show import show_day, show_moment

FEW = 3
"""How many entries of a line stand on the page; the copy holds all."""
CODES = ("kind", "about", "state", "class", "fields")
"""What stands in the copy for programs and says little to people."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """Where the values of one line lie: the rows of a person's accounts, newest first, and how one is read.

    ``correct`` is the URL name of the page on which people correct the value themselves; ``noted`` says
    that the portal wrote it down by itself, so that there is nothing to correct.
    """

    rows: Callable[[set[UUID]], QuerySet]
    read: Callable[[Any], Row]
    correct: str = ""
    noted: bool = False


@dataclass(frozen=True)
class Part:
    """One line of the register with what it holds about a person."""

    key: str
    what: object
    purpose: object
    basis: object
    kept: object
    days: int | None
    count: int
    few: tuple[str, ...]
    correct: str
    noted: bool


SOURCES: dict[str, Source] = {}
"""Where the values lie, by the first field of each line that is exported."""


def register(sources: Mapping[str, Source]) -> None:
    """Add an app's sources."""
    SOURCES.update(sources)


def own_rows(model: type[Model], path: str, newest: str, *along: str) -> Callable[[set[UUID]], QuerySet]:
    """The rows of a model that belong to a person's accounts along ``path``, sorted by ``newest``, with what is read along."""

    def rows(accounts: set[UUID]) -> QuerySet:
        return model.objects.filter(**{f"{path}__in": accounts}).select_related(*along).order_by(newest, "pk")

    return rows


def parts_of(person: User) -> list[Part]:
    """The lines of the register that hold something of this person, in the reader's language, with a few entries of each."""
    accounts, found = accounts_of(person.pk), []
    for line, source in _lines():
        rows = source.rows(accounts)
        few = tuple(filter(None, (_in_words(source.read(row)) for row in rows[:FEW])))
        if few:
            words = shown(line)
            found.append(Part(line.fields[0], words.what, words.purpose, words.basis, words.kept, words.days, rows.count(), few, source.correct, source.noted))
    return found


def entries_of(person: User) -> Iterator[tuple[Line, list[Row]]]:
    """Every line with all its entries about this person, for the copy of their data."""
    accounts = accounts_of(person.pk)
    for line, source in _lines():
        yield line, [source.read(row) for row in source.rows(accounts)]


def exports_of(person: User) -> QuerySet[DataExport]:
    """The copies a person asked for, the newest first."""
    return DataExport.objects.filter(person=person).select_related("file").order_by("-asked_at", "pk")


def exports_kept(person: User, now: datetime) -> QuerySet[DataExport]:
    """The copies that can be fetched, and those still being made."""
    rows = exports_of(person)
    return rows.filter(file__isnull=True) | rows.filter(ends_at__gt=now)


def _lines() -> Iterator[tuple[Line, Source]]:
    for line in REGISTER:
        if line.exported and line.fields[0] in SOURCES:
            yield line, SOURCES[line.fields[0]]


def _in_words(row: Row) -> str:
    return " · ".join(_worded(value) for name, value in row.items() if value not in (None, "") and name not in CODES)


def _worded(value: Any) -> str:
    if isinstance(value, datetime):
        return show_moment(value)
    return show_day(value) if isinstance(value, date) else str(value)
