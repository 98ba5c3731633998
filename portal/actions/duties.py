"""Taking a duty: the row that later keeps the same person from a duty that may not meet it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from portal.apart import apart
from portal.duties import APART, COUNTED, Duty, Place
from portal.kernel.errors import NotAllowed, WrongState
from portal.models import CaseParty, DutyTaken, User
from portal.queries.duties import people_acting

PREFIX = "duty_"
BY_NAME = {pair.name: pair for pair in APART}


def take_duty(duty: Duty, *places: Place, by: User | None, now: datetime) -> None:
    """Write down that a person takes a duty at these places; the one they act for takes it too.

    Called inside the action, once it is permitted. The clock takes no duties, and a duty taken before
    is not taken again. Raises NotAllowed with the pair's code where the database finds a duty that
    may not meet it, also one that was taken in the same moment, WrongState for a second approval.
    """
    if by is None:
        return
    held = set(DutyTaken.objects.filter(duty=duty, place__in=[pk for _scope, pk in places], user__in=people_acting(by))
               .values_list("scope", "place", "user_id"))  # fmt: skip
    rows = [
        DutyTaken(duty=duty, scope=scope, place=pk, user_id=user_id, at=now)
        for scope, pk in sorted(set(places), key=str)
        for user_id in sorted(people_acting(by))
        if (scope, pk, user_id) not in held or _counts(duty, scope)
    ]
    try:
        with transaction.atomic():
            DutyTaken.objects.bulk_create(rows, ignore_conflicts=duty not in COUNTED)
    except IntegrityError as error:
        raise _refusal(error) from error


def take_duty_if_free(duty: Duty, *places: Place, by: User, now: datetime) -> bool:
    """Write a duty down for somebody who took it earlier, unless it would meet another; whether it was written."""
    if not apart(by, duty, *places):
        return False
    take_duty(duty, *places, by=by, now=now)
    return True


def name_parties(place: Place, organisations: Iterable[UUID | None]) -> None:
    """Say whose case a place is: from here on the people of these organisations hold no office there."""
    scope, pk = place
    CaseParty.objects.bulk_create(
        [CaseParty(scope=scope, place=pk, organisation_id=each) for each in sorted({each for each in organisations if each})],
        ignore_conflicts=True,
    )


def _counts(duty: Duty, scope: str) -> bool:
    return COUNTED.get(duty) == scope


def _refusal(error: IntegrityError) -> Exception:
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    if pair := BY_NAME.get(constraint):
        return NotAllowed(pair.code, pair.sentence)
    if constraint in ("duty_taken_once_per_person", "duty_taken_once"):
        return WrongState("approved_already")
    return error
