"""What the city knows of an organisation, item by item: its word, its unit, who vouches for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _

Kind = Literal["text", "long", "choice", "district", "organisation", "money", "count", "day", "url"]


@dataclass(frozen=True)
class Item:
    """One item of an entry or profile.

    ``kind`` says how its value is written and read: money is whole fen, a day is an ISO date,
    everything else text or a whole number. ``yearly`` items have one value for each year.
    ``verified`` items are compared with the licence by the bureau, and afterwards change only
    with its consent.
    """

    code: str
    word: object
    kind: Kind = "text"
    most: int = 200
    unit: str = ""
    yearly: bool = False
    verified: bool = False
    group: Literal["entry", "about", "contact", "figures"] = "about"


def _by_code(items: Iterable[Item]) -> dict[str, Item]:
    return {item.code: item for item in items}


NATURES = {
    "state": _("state-owned"),
    "private": _("private"),
    "foreign": _("foreign-invested"),
    "mixed": _("mixed ownership"),
    "public": _("public institution"),
    "other": _("other"),
}

ITEMS: dict[str, Item] = _by_code(
    [
        Item("uscc", _("unified social credit code"), most=18, verified=True, group="entry"),
        Item("name", _("full name"), most=120, verified=True, group="entry"),
        Item("kind", _("kind"), "choice", verified=True, group="entry"),
        Item("district", _("district"), "district", verified=True, group="entry"),
        Item("legal_representative", _("legal representative"), most=60, verified=True, group="entry"),
        Item("address", _("registered address"), verified=True, group="entry"),
        Item("parent", _("head office, if this is a branch"), "organisation", verified=True, group="entry"),
        Item("nature", _("ownership"), "choice"),
        Item("founded_on", _("founded on"), "day"),
        Item("registered_capital_fen", _("registered capital"), "money", unit="fen"),
        Item("industry", _("industry or field"), most=80),
        Item("main_products", _("main products or subjects of research"), "long", most=500),
        Item("qualifications", _("qualifications"), "long", most=500),
        Item("website", _("website"), "url"),
        Item("contact_person", _("contact person"), most=60, group="contact"),
        Item("contact_phone", _("contact telephone"), most=40, group="contact"),
        Item("contact_email", _("contact e-mail"), most=120, group="contact"),
        Item("sales_fen", _("sales"), "money", unit="fen", yearly=True, group="figures"),
        Item("rd_spend_fen", _("R&D spending"), "money", unit="fen", yearly=True, group="figures"),
        Item("staff", _("staff"), "count", unit="people", yearly=True, group="figures"),
        Item("rd_staff", _("R&D staff"), "count", unit="people", yearly=True, group="figures"),
    ]
)
"""Every item, in the order in which forms and pages show them."""

CODES = [(code, item.word) for code, item in ITEMS.items()]
VERIFIED = tuple(code for code, item in ITEMS.items() if item.verified)
YEARLY = tuple(code for code, item in ITEMS.items() if item.yearly)
COLUMNS = {"district": "district_id", "parent": "parent_id"}
"""Where an item of the entry is kept on the organisation's own row, if not under its own name."""


def in_group(*groups: str) -> list[Item]:
    """The items of some groups, in their order."""
    return [item for item in ITEMS.values() if item.group in groups]


def column_of(code: str) -> str:
    """The column of an organisation's row that holds an item of the entry."""
    return COLUMNS.get(code, code)
