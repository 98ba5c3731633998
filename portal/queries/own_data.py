"""Everything the portal holds about one person, by the lines of the register of personal data.

A source says where the values of a line lie. The portal's own stand here; other apps add theirs from
``apps.py:ready()`` with :func:`register`. A source yields what is the person's own and names nobody else.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from portal.models import (
    Acceptance,
    AccessToPersonalData,
    ApiToken,
    DataExport,
    EventText,
    Grant,
    Membership,
    Message,
    SecurityEvent,
    User,
)
from portal.personal_data import REGISTER, Line, shown
from portal.queries.people import accounts_of
from portal.record import words_of
from portal.show import show_day, show_moment

FEW = 3
"""How many entries of a line stand on the page; the copy holds all."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """Where the values of one line lie: the rows of a person's accounts, newest first, and how one is read.

    ``correct`` is the URL name of the page on which people correct the value themselves.
    """

    rows: Callable[[set[UUID]], QuerySet]
    read: Callable[[Any], Row]
    correct: str = ""


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


SOURCES: dict[str, Source] = {}
"""Where the values lie, by the first field of each line that is exported."""


def register(sources: Mapping[str, Source]) -> None:
    """Add an app's sources."""
    SOURCES.update(sources)


def parts_of(person: User) -> list[Part]:
    """The lines of the register that hold something of this person, in the reader's language, with a few entries of each."""
    accounts, found = accounts_of(person.pk), []
    for line, source in _lines():
        rows = source.rows(accounts)
        few = tuple(filter(None, (_in_words(source.read(row)) for row in rows[:FEW])))
        if few:
            words = shown(line)
            found.append(Part(line.fields[0], words.what, words.purpose, words.basis, words.kept, words.days, rows.count(), few, source.correct))
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
    return " · ".join(_worded(value) for value in row.values() if value not in (None, ""))


def _worded(value: Any) -> str:
    if isinstance(value, datetime):
        return show_moment(value)
    return show_day(value) if isinstance(value, date) else str(value)


def _own(model: type[Model], path: str, newest: str, *along: str) -> Callable[[set[UUID]], QuerySet]:
    def rows(accounts: set[UUID]) -> QuerySet:
        return model.objects.filter(**{f"{path}__in": accounts}).select_related(*along).order_by(newest, "pk")

    return rows


_users = _own(User, "pk", "created_at")
register(
    {
        "portal.User.name": Source(_users, lambda user: {"name": user.name}, "account"),
        "portal.User.email": Source(_users, lambda user: {"email": user.email}, "account_email"),
        "portal.User.phone": Source(
            _users, lambda user: {"phone": user.phone, "confirmed_at": user.phone_verified_at}, "account_change_phone"
        ),
        "portal.User.language": Source(_users, lambda user: {"language": user.language}, "account"),
        "portal.ApiToken.name": Source(
            _own(ApiToken, "user", "-created_at"),
            lambda token: {"name": token.name, "created_at": token.created_at, "expires_at": token.expires_at, "revoked_at": token.revoked_at},
            "tokens",
        ),
        "portal.Membership.role": Source(
            _own(Membership, "user", "-starts_on", "organisation"),
            lambda row: {"organisation": row.organisation.name, "role": str(row.get_role_display()), "from": row.starts_on, "to": row.ends_on},
        ),
        "portal.Grant.role": Source(
            _own(Grant, "user", "-starts_on"),
            lambda row: {"role": str(row.get_role_display()), "from": row.starts_on, "to": row.ends_on},
        ),
        "portal.EventText.ciphertext": Source(
            lambda accounts: EventText.objects.filter(event__by__in=accounts, event__sealed=False)
            .select_related("event").order_by("-event__at", "pk"),
            lambda text: {"at": text.event.at, "about": text.event.kind, "words": words_of(text.event)},
        ),
        "portal.Message.facts": Source(
            _own(Message, "to", "-created_at"),
            lambda message: {"at": message.created_at, "kind": message.kind, "read_at": message.read_at},
        ),
        "portal.Acceptance.text": Source(
            _own(Acceptance, "person", "-at", "text"),
            lambda row: {"text": str(row.text.get_kind_display()), "version": row.text.version, "at": row.at},
        ),
        "portal.AccessToPersonalData.words": Source(
            _own(AccessToPersonalData, "person", "-at"),
            lambda row: {"at": row.at, "field": row.field, "purpose": str(row.get_purpose_display()), "words": row.words},
            "",
        ),
        "portal.SecurityEvent.address": Source(
            _own(SecurityEvent, "person", "-at"),
            lambda row: {"at": row.at, "kind": row.kind, "address": row.address, "program": row.agent},
        ),
    }
)  # fmt: skip
