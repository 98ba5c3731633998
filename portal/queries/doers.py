"""Who did something and for whom: “A for B” wherever a row tells who acted.

A row keeps who acted and when; its event, written in the same transaction, keeps for whom. So
the first event of that person at or after the moment of the row tells it. People who never held a
delegation cost nothing more, and a whole page reads the delegations once.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from portal.clock import CHINA, china_date
from portal.models import Delegation, Event, User

Days = tuple[date, date]
_known: ContextVar[dict | None] = ContextVar("doers", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """While a request is answered the delegations are read once, and only when somebody asks."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def doer_of(person: User | None, at: datetime | None) -> str:
    """The name of who acted at a moment; with the name of the person for whom, if it was for somebody else."""
    if person is None:
        return ""
    principal = for_whom(person.pk, at) if at else ""
    return named(person.name, principal)


def doer_of_event(event: Event) -> str:
    """The name of who acted, and for whom; nothing for the clock."""
    if event.by is None:
        return ""
    return named(event.by.name, event.on_behalf_of.name if event.on_behalf_of else "")


def named(name: str, principal: str) -> str:
    """Both names, where there are two."""
    return _("%(name)s for %(principal)s") % {"name": name, "principal": principal} if principal else name


def for_whom(person_id: UUID, at: datetime) -> str:
    """The name of the person for whom somebody acted at the moment of a row; nothing if for themselves."""
    day = china_date(at)
    for days in _remembered("days", _read_days).get(person_id, ()):
        if days[0] <= day <= days[1]:
            moments, principals = _remembered((person_id, days), lambda days=days: _read_events(person_id, days))
            place = bisect_left(moments, at)
            return principals[place] if place < len(moments) else ""
    return ""


def _remembered(key: object, read) -> object:
    known = _known.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return known[key]


def _read_days() -> dict[UUID, list[Days]]:
    found = defaultdict(list)
    accepted = Delegation.objects.filter(answered_at__isnull=False, state__in=["accepted", "ended"])
    for person, starts_on, ends_on in accepted.values_list("delegate_id", "starts_on", "ends_on"):
        found[person].append((starts_on, ends_on))
    return found


def _read_events(person_id: UUID, days: Days) -> tuple[list[datetime], list[str]]:
    first = datetime.combine(days[0], time(), CHINA)
    last = datetime.combine(days[1], time(), CHINA) + timedelta(days=2)
    rows = Event.objects.filter(by_id=person_id, at__gte=first, at__lt=last).order_by("at", "pk")
    found = list(rows.values_list("at", "on_behalf_of__name"))
    return [at for at, _name in found], [name or "" for _at, name in found]
