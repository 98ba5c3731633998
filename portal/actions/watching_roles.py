"""Roles that run out: the clock says so in time, and says it when the last day is over; each once."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from portal import messages_on_granting as messages
from portal.clock import china_date
from portal.locks import lock_grant
from portal.models import Event, Grant
from portal.queries.settings import setting
from portal.record import record
from portal.tell import Kind, tell

TOLD_AFTER = timedelta(days=30)
"""For how long after its last day a role is still told of, should the jobs have stood still."""


def last_day_to_warn(today: date) -> date:
    """The last day of those roles that are called ending soon, by the city's settings."""
    return today + timedelta(days=setting("role_notice_days"))


def first_day_to_tell(today: date) -> date:
    """The first last day of those roles that may not have been told of yet."""
    return today - TOLD_AFTER


@transaction.atomic
def warn_of_end(grant_id: UUID, *, by: None, now: datetime) -> None:
    """Tell the person, and those who can grant the role anew, that it ends soon; once for each last day."""
    grant = lock_grant(grant_id)
    today = china_date(now)
    if grant.ended_at is None and grant.ends_on and today <= grant.ends_on <= last_day_to_warn(today):
        _once("grant.ends_soon", grant, messages.ROLE_ENDS, messages.ROLE_ENDS_SOON, by=by)


@transaction.atomic
def tell_of_end(grant_id: UUID, *, by: None, now: datetime) -> None:
    """Tell the person that the last day of a role is over; once."""
    grant = lock_grant(grant_id)
    if grant.ended_at is None and grant.ends_on and grant.ends_on < china_date(now):
        _once("grant.over", grant, messages.ROLE_OVER, by=by)


def _once(kind: str, grant: Grant, *kinds: Kind, by: None) -> None:
    facts = {"user": str(grant.user_id), "role": str(grant.role), "ends_on": grant.ends_on.isoformat()}
    told = Event.objects.filter(subject_id=grant.pk, kind=kind).values_list("body", flat=True)
    if any(facts["ends_on"] in body for body in told):
        return
    event = record(kind, grant, by=by, facts=facts)
    for each in kinds:
        tell(each, grant, because=event)
