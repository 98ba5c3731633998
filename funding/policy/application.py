"""The shape of an application: which fields it has, what its rows hold, and what must not be missing."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from portal.kernel.errors import Incomplete, Refused
from portal.kernel.money import MOST_FEN

TEXTS = {"title": 160, "lead_person": 80}
AMOUNTS = ("total_fen", "own_fen", "city_fen", "other_fen")
MOST_MONTHS = 1_200
MOST_COSTS = 50
MOST_PURPOSE = 120
MOST_PLACES = 6
MOST_VALUE = Decimal(10) ** 12


def check_fields(fields: Mapping[str, object]) -> None:
    """Whether each field can be kept in a draft; nothing has to be complete yet.

    Raises Refused ``unknown_project_field``, ``wrong_kind``, ``negative_amount``,
    ``amount_too_large``, Incomplete ``too_long``; fact ``field`` names it.
    """
    for name, value in fields.items():
        if name in TEXTS:
            _text(name, value)
        elif name in AMOUNTS:
            check_amount(name, value)
        elif name == "months":
            if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_MONTHS:
                raise Refused("not_a_whole_number", field=name, value=value, most=MOST_MONTHS)
        else:
            raise Refused("unknown_project_field", name=name)


def check_costs(rows: Sequence[Mapping[str, object]]) -> None:
    """Whether each line of the money plan can be kept: a purpose and a positive amount."""
    if len(rows) > MOST_COSTS:
        raise Refused("too_many_rows", field="costs", count=len(rows), most=MOST_COSTS)
    for row in rows:
        purpose, amount = row.get("purpose"), row.get("amount_fen")
        if not isinstance(purpose, str) or not purpose.strip():
            raise Incomplete("cost_without_purpose", field="costs", missing=["purpose"])
        if len(purpose) > MOST_PURPOSE:
            raise Incomplete("too_long", field="costs", length=len(purpose), most=MOST_PURPOSE)
        check_amount("costs", amount)
        if amount == 0:
            raise Refused("cost_not_positive", field="costs", purpose=purpose.strip())


def check_amount(field: str, value: object) -> None:
    """Whole fen from 0 to the largest amount."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused("wrong_kind", field=field)
    if value < 0:
        raise Refused("negative_amount", field=field, amount_fen=value)
    if value > MOST_FEN:
        raise Refused("amount_too_large", field=field, amount=value, most_fen=MOST_FEN)


def check_value(value: object, *, field: str) -> None:
    """A promised value: a finite number with at most six digits after the point."""
    if not isinstance(value, Decimal) or not value.is_finite() or abs(value) >= MOST_VALUE:
        raise Refused("not_a_number", field=field, value=value)
    if -value.as_tuple().exponent > MOST_PLACES:
        raise Refused("too_many_places", field=field, value=value, most=MOST_PLACES)


def missing(
    *, title: str, lead_person: str, months: int, labour_contract: bool, costs: int, indicators: int, asked: int
) -> Iterator[str]:
    """The names of what an application still lacks, in the order of its form."""
    if not title.strip():
        yield "title"
    if not lead_person.strip():
        yield "lead_person"
    if not labour_contract:
        yield "labour_contract"
    if months < 1:
        yield "months"
    if not costs:
        yield "costs"
    if indicators < asked:
        yield "indicators"


def check_uses(*, total_fen: int, uses_fen: int) -> None:
    """What the money is spent on comes to the total. Raises Refused ``costs_do_not_add_up``."""
    if total_fen != uses_fen:
        raise Refused(
            "costs_do_not_add_up",
            field="costs",
            total_fen=total_fen,
            sum_fen=uses_fen,
            difference_fen=abs(total_fen - uses_fen),
        )


def _text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise Refused("wrong_kind", field=name)
    if "\x00" in value:
        raise Refused("unreadable_characters", field=name)
    if len(value) > TEXTS[name]:
        raise Incomplete("too_long", field=name, length=len(value), most=TEXTS[name])
