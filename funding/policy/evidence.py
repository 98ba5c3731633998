"""What the evidence of a claim must show before the city pays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from portal.kernel.naming import Known, Naming, naming_for, same_name

Fault = tuple[str, Mapping[str, object]]
"""A code, and the facts its sentence names."""


@dataclass(frozen=True)
class Slip:
    """What a bank receipt says, beside what it should say.

    ``poster_names`` and ``bidder_names`` are all names by which the two are known; a former one counts
    ``late_days`` longer than it was held, because banks follow later.
    """

    payer: str
    payee: str
    paid_on: date
    poster: str
    bidder: str
    agreed_on: date
    today: date
    poster_names: tuple[Naming, ...] = ()
    bidder_names: tuple[Naming, ...] = ()
    late_days: int = 0

    @property
    def payer_as(self) -> Naming | None:
        """By which of its names the poster is the payer; None for somebody else."""
        names = (Naming(self.poster, ""), *self.poster_names)
        return naming_for(self.payer, names, self.paid_on, late_days=self.late_days)

    @property
    def payee_as(self) -> Naming | None:
        """By which of its names the bidder is the payee; None for somebody else."""
        names = (Naming(self.bidder, ""), *self.bidder_names)
        return naming_for(self.payee, names, self.paid_on, late_days=self.late_days)


def faults_of_slip(slip: Slip) -> list[Fault]:
    """What speaks against a receipt: payer, payee, and a day between the agreement and today."""
    faults: list[Fault] = []
    if slip.payer_as is None:
        held = _former(slip.payer, slip.poster_names)
        code = "receipt_payer_not_poster" if held is None else "receipt_payer_former_name"
        faults.append((code, {"payer": slip.payer, "poster": slip.poster, **_since(held)}))
    if slip.payee_as is None:
        held = _former(slip.payee, slip.bidder_names)
        code = "receipt_payee_not_bidder" if held is None else "receipt_payee_former_name"
        faults.append((code, {"payee": slip.payee, "bidder": slip.bidder, **_since(held)}))
    if slip.paid_on < slip.agreed_on:
        faults.append(("receipt_before_agreement", {"paid_on": slip.paid_on, "agreed_on": slip.agreed_on}))
    if slip.paid_on > slip.today:
        faults.append(("receipt_in_future", {"paid_on": slip.paid_on}))
    return faults


def _former(said: str, names: tuple[Naming, ...]) -> Naming | None:
    return next((each for each in names if each.known == Known.FORMER and same_name(said, each.name)), None)


def _since(held: Naming | None) -> dict[str, date | None]:
    return {} if held is None else {"renamed_on": held.changed_on}
