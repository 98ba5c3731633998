"""Which steps of a case need the credit of its organisations in order, and what is wrong with it.

Source: the districts check posters on three public sites, credit is looked at again before money
moves, and unrepaired dishonesty excludes; how long a check counts is a proposal.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

GATES = (
    "recommend_need",
    "publish_board",
    "qualify_bid",
    "check_application",
    "approve_project",
    "sign_taskbook",
    "verify_claim",
    "prepare_payment",
)
"""The steps that rules may close to organisations whose credit is not in order, in the order of a case."""

FaultCode = Literal["credit_check_missing", "credit_check_expired", "credit_record_found", "dishonest"]


@dataclass(frozen=True)
class Look:
    """The check of one site that counts: its day, and whether what it found stands against the organisation."""

    checked_on: date
    against: bool = False


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: ``site`` for checks, ``subject`` for a dishonesty record; ``since_on`` from which day."""

    code: FaultCode
    site: str = ""
    since_on: date | None = None
    subject: str = ""


def faults_of(
    *,
    sites: Sequence[str],
    looks: Mapping[str, Look],
    days: int,
    on: date,
    dishonesties: Sequence[tuple[str, str, date]] = (),
    bars: Collection[str] = (),
) -> list[Fault]:
    """What is wrong with an organisation's credit on a day, dishonesty first, then site by site.

    A check counts on its day and ``days`` days after it; ``since_on`` is the first day on which it
    no longer does. ``dishonesties`` are (kind, number, from day) of what is not repaired; only the
    kinds among ``bars`` exclude.
    """
    found = [Fault("dishonest", since_on=since, subject=number) for kind, number, since in dishonesties if kind in bars]
    for site in sites:
        look = looks.get(site)
        if look is None:
            found.append(Fault("credit_check_missing", site))
        elif look.checked_on + timedelta(days=days) < on:
            found.append(Fault("credit_check_expired", site, look.checked_on + timedelta(days=days + 1)))
        elif look.against:
            found.append(Fault("credit_record_found", site, look.checked_on))
    return found
