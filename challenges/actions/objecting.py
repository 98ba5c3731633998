"""Objections to public notices: filed with a real name, admitted or refused, and decided by people outside the first decision."""

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from challenges.locks import lock_notice, lock_objection
from challenges.messages import objections as messages
from challenges.models import Objection
from challenges.permissions.objecting import OBJECTED, may_admit_objection, may_decide_objection, may_file_objection
from challenges.queries.notice_items import answer_days_of, items_of
from challenges.queries.places import places_of
from challenges.states import ObjectionState
from portal.actions.duties import take_duty
from portal.clock import china_date, portal_now
from portal.duties import Duty, Scope
from portal.kernel.calendar import period_end
from portal.kernel.errors import Clash, Incomplete, NotFound
from portal.kernel.verdict import require
from portal.models import Event, User
from portal.record import record
from portal.tell import tell
from portal.transition import move
from portal.vault import seal_text

LONGEST = {"name": 60, "phone": 40, "reason": 10_000, "reply": 10_000}


@transaction.atomic
def file_objection(
    notice_id: UUID, item: UUID, *, name: str, phone: str, reason: str, by: User, now: datetime
) -> Objection:
    """Object to one item of a running notice, with real name, telephone and reason; the item is held from here on.

    The clock is read again under the lock: up to the end of the last day counts, the end itself does
    not. What is written is encrypted. Raises NotFound, NotAllowed (``notice_not_begun``), WrongState
    ``notice_over``, Incomplete ``field_missing``, Clash ``objection_open``.
    """
    notice = lock_notice(notice_id)
    now = max(now, portal_now())
    require(may_file_objection(by, notice, now=now))
    if item not in {each.id for each in items_of(notice)}:
        raise NotFound()
    words = {"name": name.strip(), "phone": phone.strip(), "reason": reason.strip()}
    for field, text in words.items():
        _check(field, text)
    pk = uuid4()
    try:
        with transaction.atomic():
            objection = Objection.objects.create(
                pk=pk,
                notice=notice,
                item=item,
                filed_by=by,
                filed_at=now,
                ciphertext=seal_text(json.dumps(words), f"objection:{pk}"),
                answer_due_on=period_end(china_date(now) + timedelta(days=1), answer_days_of(notice)),
            )
    except IntegrityError as error:
        if "objection_one_open_per_person_and_item" not in str(error):
            raise
        raise Clash("objection_open", OBJECTED) from None
    take_duty(Duty.FILES_OBJECTION, Scope.OBJECTION.of(objection.pk), by=by, now=now)
    event = record(
        "objection.filed", objection, by=by, case_id=notice.challenge_id, facts={"notice": str(notice.pk), "item": str(item)}
    )
    tell(messages.OBJECTION_FILED, objection, because=event)
    tell(messages.ITEM_HELD, objection, because=event)
    return objection


@transaction.atomic
def admit_objection(objection_id: UUID, *, by: User, now: datetime) -> Objection:
    """Take an objection up for investigation. Raises NotAllowed ``decided_before``, WrongState."""
    objection = _hold(objection_id)
    require(may_admit_objection(by, objection))
    take_duty(Duty.HANDLES_OBJECTION, *places_of(objection), by=by, now=now)
    event = move(objection, to=ObjectionState.ADMITTED, by=by, case_id=objection.notice.challenge_id)
    tell(messages.OBJECTION_ADMITTED, objection, because=event)
    return objection


@transaction.atomic
def refuse_objection(objection_id: UUID, *, reply: str, by: User, now: datetime) -> Objection:
    """Not take an objection up, with the reply; the item goes on. Raises NotAllowed, WrongState, Incomplete."""
    objection = _hold(objection_id)
    require(may_admit_objection(by, objection))
    take_duty(Duty.HANDLES_OBJECTION, *places_of(objection), by=by, now=now)
    _check("reply", reply.strip())
    _answer(objection, ObjectionState.REFUSED, reply=reply, by=by, now=now)
    return objection


@transaction.atomic
def decide_objection(objection_id: UUID, *, upheld: bool, reply: str, by: User, now: datetime) -> Objection:
    """Decide on an admitted objection, with the reply; upheld, its item does not go on.

    Raises NotAllowed ``decided_before``, WrongState, Incomplete ``field_missing``.
    """
    objection = _hold(objection_id)
    require(may_decide_objection(by, objection))
    take_duty(Duty.HANDLES_OBJECTION, *places_of(objection), by=by, now=now)
    _check("reply", reply.strip())
    _answer(objection, ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED, reply=reply, by=by, now=now)
    return objection


def _answer(objection: Objection, to: str, *, reply: str, by: User, now: datetime) -> Event:
    objection.decided_by, objection.decided_at, objection.reply = by, now, reply.strip()
    event = move(
        objection, to=to, by=by, also=["decided_by", "decided_at", "reply"], case_id=objection.notice.challenge_id
    )
    tell(messages.OBJECTION_ANSWERED, objection, because=event)
    tell(messages.ITEM_DECIDED, objection, because=event)
    return event


def _hold(objection_id: UUID) -> Objection:
    """Hold an objection and, before it, its notice."""
    notice_id = Objection.objects.filter(pk=objection_id).values_list("notice_id", flat=True).first()
    if notice_id is None:
        raise NotFound()
    notice = lock_notice(notice_id)
    objection = lock_objection(objection_id)
    objection.notice = notice
    return objection


def _check(field: str, text: str) -> None:
    if not text:
        raise Incomplete("field_missing", field=field, missing=[field])
    if len(text) > LONGEST[field]:
        raise Incomplete("too_long", field=field, length=len(text), most=LONGEST[field])
