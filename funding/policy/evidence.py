"""What the evidence of a claim must show before the city pays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

Fault = tuple[str, Mapping[str, object]]
"""A code, and the facts its sentence names."""


@dataclass(frozen=True)
class Slip:
    """What a bank receipt says, beside what it should say."""

    payer: str
    payee: str
    paid_on: date
    poster: str
    bidder: str
    agreed_on: date
    today: date


def same_name(one: str, other: str) -> bool:
    """Whether two names of a legal person are the same, whatever the width of brackets and the blanks."""
    return _plain(one) == _plain(other)


def faults_of_slip(slip: Slip) -> list[Fault]:
    """What speaks against a receipt: payer, payee, and a day between the agreement and today."""
    faults: list[Fault] = []
    if not same_name(slip.payer, slip.poster):
        faults.append(("receipt_payer_not_poster", {"payer": slip.payer, "poster": slip.poster}))
    if not same_name(slip.payee, slip.bidder):
        faults.append(("receipt_payee_not_bidder", {"payee": slip.payee, "bidder": slip.bidder}))
    if slip.paid_on < slip.agreed_on:
        faults.append(("receipt_before_agreement", {"paid_on": slip.paid_on, "agreed_on": slip.agreed_on}))
    if slip.paid_on > slip.today:
        faults.append(("receipt_in_future", {"paid_on": slip.paid_on}))
    return faults


def _plain(name: str) -> str:
    return "".join(normalize("NFKC", name).split()).casefold()
