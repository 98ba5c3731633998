"""Acts done under a delegation (代办): which of them may be, and what they are to the search.

Of the two people of such an act one does it and the other has lent the power. Either of them alone must
not stand for more people than the rules let one person be: whoever does acts for several others is
one person, and so is whoever lets several others act for them. So the search counts twice, once by who does an
act and once by who has lent it. The other of the two may be somebody new each time and is not counted.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from portal.delegable import TAKEN_OVER_BY, why_oneself
from portal.management.routes.act import (
    APPROVER,
    CLERK,
    CLOCK,
    DISCIPLINE,
    DISTRICT,
    EXPERT,
    HEAD,
    OFFICER,
    PREPARER,
    RECONCILER,
    Act,
)

DOER, LENDER = "who does it", "who has lent the power"
BOTH = (DOER, LENDER)

ROLE_OF = {
    DISTRICT: "district",
    OFFICER: "officer",
    HEAD: "division_head",
    CLERK: "draw_clerk",
    EXPERT: "expert",
    DISCIPLINE: "discipline",
    PREPARER: "preparer",
    APPROVER: "approver",
    RECONCILER: "reconciler",
}
"""The role behind an office; a member's power is lent whatever it is, and what anybody may do needs none."""


def is_lendable(act: Act) -> bool:
    """Whether an act may be done for somebody else: its power may be lent, and no event of it is written in person."""
    if act.who == CLOCK or ROLE_OF.get(act.who, "district") not in TAKEN_OVER_BY:
        return False
    return not any(why_oneself(kind) for kind in act.kinds)


@dataclass(frozen=True)
class Lending:
    """What may be done under a delegation, and how the portal takes an act done under it.

    ``carry`` are those of the two who take its duties. By ``counts`` the several people are told apart of
    whom an act asks: whoever is not among them could be each of these.
    """

    lends: Callable[[Act], bool] = is_lendable
    carry: tuple[str, ...] = BOTH
    counts: tuple[str, ...] = BOTH


def with_lent(acts: Iterable[Act], lending: Lending, counted: str) -> list[Act]:
    """The acts, each that may be lent once more as it is done under a delegation, seen from the one who is counted.

    First come those that bind this person less than doing it oneself: the search drops every route that
    needs more hands than one it knows.
    """
    acts = list(acts)
    lent = [(act, _lent(act, counted in lending.carry, counted in lending.counts)) for act in acts if lending.lends(act)]
    lighter = [way for act, way in lent if (way.duties, way.people) != (act.duties, act.people)]
    return [*lighter, *acts, *(way for _act, way in lent if way not in lighter)]


@cache
def _lent(act: Act, carries: bool, counts: bool) -> Act:
    return replace(act, lent=True, duties=act.duties if carries else (), people=act.people if counts else "one")
