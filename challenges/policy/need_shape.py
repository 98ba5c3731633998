"""The shape of a need: which fields it has, how long each may be, and what a row of its indicators holds."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from portal.kernel.errors import Refused
from portal.kernel.money import MOST_FEN

TEXTS = {
    "class_code": 20,
    "title": 160,
    "field": 30,
    "background": 10_000,
    "content": 20_000,
    "scenario": 10_000,
    "bidder_conditions": 10_000,
    "ip_terms": 10_000,
    "contact": 120,
}
"""The most characters of each text."""

AMOUNTS = ("total_fen", "own_fen", "city_fen", "other_fen")
DECLARATIONS = ("declared_unclassified", "declared_commitment")
IP_CHOICES = ("", "poster", "shared", "bidder")
COMPARATORS = ("<=", ">=", "=")
MOST_MONTHS = 1_200
MOST_INDICATORS = 50
INDICATOR_TEXTS = {"name": 80, "unit": 30, "test_method": 200}
INDICATOR_NEEDED = ("name", "comparator", "value", "test_method")
MOST_PLACES = 6
MOST_VALUE = Decimal(10) ** 12


def check_need_fields(filled: Mapping[str, object], *, fields: Sequence[Mapping[str, str]]) -> None:
    """Whether each field can be kept in a draft; nothing has to be complete yet.

    ``filled`` are columns with texts, whole fen, months, choices and declarations; ``fields`` are
    the fields of technology of the rules. Raises Refused (fact ``field``): ``unknown_need_field``,
    ``wrong_kind``, ``too_long``, ``unreadable_characters``, ``negative_amount``,
    ``amount_too_large``, ``unknown_technology``.
    """
    for name, value in filled.items():
        if name not in CHECKS and name not in TEXTS:
            raise Refused("unknown_need_field", field=name)
        CHECKS.get(name, _text)(name, value)
    if filled.get("field") and filled["field"] not in {known["code"] for known in fields}:
        raise Refused("unknown_technology", field="field")


def check_need_indicators(rows: Sequence[Mapping[str, object]]) -> None:
    """Whether each row of an indicator can be kept: name, comparison, value and test method are there.

    Raises Refused with ``row`` (from 1) and ``column`` among the facts.
    """
    if len(rows) > MOST_INDICATORS:
        raise Refused("too_many_rows", field="indicators", count=len(rows), most=MOST_INDICATORS)
    for place, row in enumerate(rows, start=1):
        at = {"field": "indicators", "row": place}
        for name in (*row, *INDICATOR_NEEDED):
            if name not in (*INDICATOR_TEXTS, "comparator", "value"):
                raise Refused("unknown_need_field", **at, column=name)
            if name in INDICATOR_NEEDED and row.get(name) in (None, ""):
                raise Refused("field_missing", **at, column=name)
        for name, most in INDICATOR_TEXTS.items():
            _text_of(row.get(name, ""), most, **at, column=name)
        if row["comparator"] not in COMPARATORS:
            raise Refused("wrong_kind", **at, column="comparator")
        _value(row["value"], **at, column="value")


def _text(name: str, value: object) -> None:
    _text_of(value, TEXTS[name], field=name)


def _text_of(value: object, most: int, **facts: object) -> None:
    if not isinstance(value, str):
        raise Refused("wrong_kind", **facts)
    if "\x00" in value:
        raise Refused("unreadable_characters", **facts)
    if len(value.strip()) > most:
        raise Refused("too_long", length=len(value.strip()), most=most, **facts)


def _amount(name: str, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused("wrong_kind", field=name)
    if value < 0:
        raise Refused("negative_amount", field=name, amount_fen=value)
    if value > MOST_FEN:
        raise Refused("amount_too_large", field=name, amount=str(value))


def _board(name: str, value: object) -> None:
    if value is None:
        return
    _amount(name, value)
    if value == 0:
        raise Refused("board_money_nothing", field=name)


def _months(name: str, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_MONTHS:
        raise Refused("not_a_whole_number", field=name, value=str(value), most=MOST_MONTHS)


def _declaration(name: str, value: object) -> None:
    if not isinstance(value, bool):
        raise Refused("wrong_kind", field=name)


def _ip_choice(name: str, value: object) -> None:
    if value not in IP_CHOICES:
        raise Refused("wrong_kind", field=name)


def _value(value: object, **facts: object) -> None:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise Refused("not_a_number", value=str(value), **facts)
    if abs(value) >= MOST_VALUE:
        raise Refused("not_a_number", value=str(value), **facts)
    if value != round(value, MOST_PLACES):
        raise Refused("too_many_places", value=str(value), most=MOST_PLACES, **facts)


CHECKS: dict[str, Callable[[str, object], None]] = {
    **dict.fromkeys(AMOUNTS, _amount),
    **dict.fromkeys(DECLARATIONS, _declaration),
    "board_fen": _board,
    "months": _months,
    "ip_choice": _ip_choice,
}
