"""Whether two accounts may become one person: what would meet that may not meet.

Each app may bring further obstacles from ``apps.py:ready()``: ``joining.register(check)``, a
function of the account that stays and the one that becomes its alias, which yields sentences.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from uuid import UUID

from portal.duties import Duty, rivals
from portal.models import CaseParty, DutyTaken, User
from portal.queries.people import accounts_of, acted_for_by

Check = Callable[[User, User], Iterator[object]]
_checks: list[Check] = []


def register(check: Check) -> None:
    """Add a function that yields a sentence for everything that keeps two accounts apart."""
    if check not in _checks:
        _checks.append(check)


def obstacles(kept: User, alias: User) -> Iterator[object]:
    """Why these two accounts may not become one, as sentences; nothing when they may."""
    yield from _duties_that_meet(kept, alias)
    for check in _checks:
        yield from check(kept, alias)


def _duties_that_meet(kept: User, alias: User) -> Iterator[object]:
    """Duties of the two on one case that the table of duties keeps apart."""
    one, other = _duties_of(accounts_of(kept.pk)), _duties_of(accounts_of(alias.pk))
    for place in set(one) | set(other):
        for duty in one[place]:
            yield from (pair.sentence for name, scope, pair in rivals(duty) if scope == place[0] and name in other[place])


def _duties_of(accounts: set[UUID]) -> dict[tuple[str, UUID], set[str]]:
    """The duties that these accounts took, by place; acting today for a party is one of them."""
    found: dict[tuple[str, UUID], set[str]] = defaultdict(set)
    for scope, place, duty in DutyTaken.objects.filter(user_id__in=accounts).values_list("scope", "place", "duty"):
        found[scope, place].add(duty)
    theirs = acted_for_by(accounts)
    for scope, place in CaseParty.objects.filter(organisation_id__in=theirs).values_list("scope", "place"):
        found[scope, place].add(Duty.ACTS_FOR_A_PARTY.value)
    return found
