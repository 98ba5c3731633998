"""The shape of a bid document, version 1: its fields, their kinds, and how long each may be.

::

    version 1, summary, route, risks, ip_terms, price_fen, months,
    team [{name, role, title}], consortium [{uscc, name, share_percent, task}],
    offers [{indicator, value, note}], milestones [{title, month, deliverable, amount_fen}],
    budget [{subject, amount_fen}], files [{id, name, size, sha256}]

Amounts are whole fen (int); ``value`` and ``share_percent`` are decimal strings. A consortium
lists its lead too and is empty for a single bidder. The limits are those of the rows that the
document is written out into at the opening, so that nothing sealed fails to open.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from portal.kernel.money import MOST_FEN

VERSION = 1
TEXTS = {"summary": 5_000, "route": 20_000, "risks": 10_000, "ip_terms": 10_000}
ROWS: dict[str, dict[str, tuple[str, int]]] = {
    "team": {"name": ("text", 120), "role": ("text", 120), "title": ("note", 120)},
    "consortium": {"uscc": ("text", 18), "name": ("text", 120), "share_percent": ("number", 2), "task": ("text", 300)},
    "offers": {"indicator": ("text", 36), "value": ("number", 6), "note": ("note", 300)},
    "milestones": {
        "title": ("text", 120),
        "month": ("whole", 1_200),
        "deliverable": ("text", 300),
        "amount_fen": ("fen", MOST_FEN),
    },
    "budget": {"subject": ("text", 20), "amount_fen": ("fen", MOST_FEN)},
    "files": {"id": ("text", 36), "name": ("text", 200), "size": ("whole", 2**40), "sha256": ("text", 64)},
}
MAY_BE_EMPTY = {"consortium", "offers", "files"}
MAY_BE_ABSENT = {"files"}
MOST_ROWS = 200
MOST_MONTHS = 1_200
BID_FIELDS = (*TEXTS, *ROWS, "price_fen", "months")
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a document: the field (``milestones.0.month``), its code, its facts."""

    field: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


def empty_bid_document() -> dict[str, object]:
    """What a team starts from: every field there, nothing filled in."""
    return {"version": VERSION, **dict.fromkeys(TEXTS, ""), **{name: [] for name in ROWS}, "price_fen": 0, "months": 0}


def shape_problems(document: Mapping[str, object]) -> Iterator[Problem]:
    """What is missing, of the wrong kind, too long, or does not belong in the document."""
    if document.get("version") != VERSION:
        yield Problem("version", "unknown_version", {"version": document.get("version")})
    for name in document:
        if name not in (*BID_FIELDS, "version"):
            yield Problem(str(name), "unknown_field", {"field": str(name)})
    for name, most in TEXTS.items():
        yield from _text(name, document.get(name), most)
    for name, columns in ROWS.items():
        yield from _rows(name, document.get(name), columns)
    yield from _filled("months", document.get("months"), _whole, MOST_MONTHS)
    yield from _filled("price_fen", document.get("price_fen"), _fen, MOST_FEN)


def number_of(value: object) -> Decimal | None:
    """The number behind a decimal string, None when it is not one; no exponents, no infinities."""
    return Decimal(value) if isinstance(value, str) and NUMBER.fullmatch(value) else None


def _rows(name: str, rows: object, columns: Mapping[str, tuple[str, int]]) -> Iterator[Problem]:
    if rows is None and name in MAY_BE_ABSENT:
        return
    if not isinstance(rows, list):
        yield Problem(name, "field_missing" if rows is None else "wrong_kind")
        return
    if not rows and name not in MAY_BE_EMPTY:
        yield Problem(name, "field_missing")
    if len(rows) > MOST_ROWS:
        yield Problem(name, "too_many_rows", {"count": len(rows), "most": MOST_ROWS})
        return
    for place, row in enumerate(rows):
        if not isinstance(row, dict):
            yield Problem(f"{name}.{place}", "wrong_kind")
            continue
        for column in row.keys() - columns.keys():
            yield Problem(f"{name}.{place}.{column}", "unknown_field", {"field": str(column)})
        for column, (kind, most) in columns.items():
            yield from KINDS[kind](f"{name}.{place}.{column}", row.get(column), most)


def _text(where: str, value: object, most: int) -> Iterator[Problem]:
    if value is None or (isinstance(value, str) and not value.strip()):
        yield Problem(where, "field_missing")
    else:
        yield from _note(where, value, most)


def _note(where: str, value: object, most: int) -> Iterator[Problem]:
    if value is None:
        return
    if not isinstance(value, str):
        yield Problem(where, "wrong_kind")
    elif len(value) > most:
        yield Problem(where, "too_long", {"most": most, "length": len(value)})
    elif "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
        yield Problem(where, "unreadable_characters")


def _number(where: str, value: object, most_places: int) -> Iterator[Problem]:
    number = number_of(value)
    if value is None or value == "":
        yield Problem(where, "field_missing")
    elif number is None:
        yield Problem(where, "not_a_number", {"value": str(value)[:60]})
    elif -number.as_tuple().exponent > most_places:
        yield Problem(where, "too_many_places", {"value": value, "most": most_places})


def _whole(where: str, value: object, most: int) -> Iterator[Problem]:
    if value is None:
        yield Problem(where, "field_missing")
    elif not _is_whole(value) or not 0 <= value <= most:
        yield Problem(where, "not_a_whole_number", {"value": str(value)[:60], "most": most})


def _fen(where: str, value: object, most: int) -> Iterator[Problem]:
    if value is None:
        yield Problem(where, "field_missing")
    elif not _is_whole(value):
        yield Problem(where, "not_whole_fen", {"amount": str(value)[:60]})
    elif value < 0:
        yield Problem(where, "negative_amount", {"field": where, "amount_fen": value})
    elif value > most:
        yield Problem(where, "amount_too_large", {"amount": str(value)[:60], "most_fen": most})


def _filled(where: str, value: object, kind: object, most: int) -> Iterator[Problem]:
    if _is_whole(value) and value == 0:
        yield Problem(where, "field_missing")
    else:
        yield from kind(where, value, most)


KINDS = {"text": _text, "note": _note, "number": _number, "whole": _whole, "fen": _fen}


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
