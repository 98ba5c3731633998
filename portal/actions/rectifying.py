"""Correcting one's own data where one cannot do it oneself: a person asks, an official corrects and answers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_personal as messages
from portal.kernel.errors import Incomplete, NotFound, WrongState
from portal.kernel.verdict import require
from portal.locks import lock_person
from portal.models import Event, User
from portal.permissions_personal import may_answer_correction, may_export
from portal.queries.rectifying import ANSWERED, ASKED, asked, is_answered
from portal.record import record
from portal.tell import tell

LONGEST = 2000


@transaction.atomic
def ask_correction(words: str, *, by: User, now: datetime) -> Event:
    """Ask that something about oneself be corrected. Raises NotAllowed (``in_person_only``), Incomplete."""
    person = lock_person(by.pk)
    require(may_export(by))
    event = record(ASKED, person, by=by, why=_tidy(words))
    tell(messages.CORRECTION_ASKED, person, because=event)
    return event


@transaction.atomic
def answer_correction(request_id: UUID, words: str, *, by: User, now: datetime) -> Event:
    """Say what was corrected, or why not. Raises NotFound, NotAllowed (``own_request``), WrongState, Incomplete."""
    request = asked().filter(pk=request_id).first()
    if request is None:
        raise NotFound()
    person = lock_person(request.subject_id)
    require(may_answer_correction(by, request))
    if is_answered(request):
        raise WrongState(message=_("Somebody has answered this request. Open the page again."))
    event = record(ANSWERED, person, by=by, facts={"request": str(request.pk)}, why=_tidy(words))
    tell(messages.CORRECTION_ANSWERED, person, because=event)
    return event


def _tidy(words: str) -> str:
    tidied = words.strip()
    if not tidied:
        raise Incomplete("field_missing", field="words", missing=["words"])
    if len(tidied) > LONGEST:
        raise Incomplete("too_long", field="words", length=len(tidied), most=LONGEST)
    return tidied
