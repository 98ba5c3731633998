"""The kinds of personal values that are shown masked: whose each is, who may look at it in full, and for what.

The portal's own kinds stand here; other apps add theirs from ``apps.py:ready()`` with :func:`register`.
Everybody reads the masked value; who it belongs to reads it in full; anybody else gives a purpose first
(``portal.actions.looking``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from portal.kernel.verdict import Verdict
from portal.models import Organisation, Purpose, User


@dataclass(frozen=True)
class Whose:
    """Whom a value belongs to: a person, or an organisation for its bank account; never both."""

    person: User | None = None
    organisation: Organisation | None = None

    def __str__(self) -> str:
        return str(self.person or self.organisation)


@dataclass(frozen=True)
class Masked:
    """One kind of masked value.

    ``known_to`` gives the rows whose masked value a person may meet at all, ``hold`` locks one row,
    ``may`` says whether they may look at it in full, ``owns`` whether it is their own.
    """

    code: str
    word: object
    known_to: Callable[[User], QuerySet]
    hold: Callable[[UUID], Model]
    may: Callable[[User, Any], Verdict]
    owns: Callable[[User, Any], bool]
    whose: Callable[[Any], Whose]
    value: Callable[[Any], str]
    mask: Callable[[str], str]
    purposes: tuple[Purpose, ...]

    def as_read_by(self, reader: User | None, row: Model) -> str:
        """The value as this person reads it without giving a purpose."""
        value = self.value(row)
        return value if self.is_own(reader, row) else self.mask(value)

    def is_own(self, reader: User | None, row: Model) -> bool:
        """Whether the value belongs to who reads; somebody who looks over their shoulder does not count."""
        if reader is None or not reader.is_authenticated or reader.seen_by:
            return False
        return self.owns(reader, row)


KINDS: dict[str, Masked] = {}
"""Every kind by its code."""


def register(*kinds: Masked) -> None:
    """Add kinds; a second time adds nothing."""
    for kind in kinds:
        KINDS.setdefault(kind.code, kind)
