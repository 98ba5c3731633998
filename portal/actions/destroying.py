"""Two officials destroy the words of one event; its hash stays in the record, so every proof still holds."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal import messages_retention as messages
from portal.kernel.errors import Clash, Incomplete, WrongState
from portal.kernel.verdict import require
from portal.locks import lock_destruction
from portal.models import Event, EventText, TextDestruction, User
from portal.record import record
from portal.rights import may_confirm_destruction, may_read_words
from portal.states import DestructionState
from portal.tell import tell
from portal.transition import move


@transaction.atomic
def ask_destruction(event: Event, *, why: str, by: User, now: datetime) -> TextDestruction:
    """Ask that the words of an event be destroyed; the reason must not repeat them.

    Raises NotAllowed, Incomplete, WrongState (``no_words``), Clash (``destruction_asked_already``).
    """
    require(may_read_words(by))
    if not why.strip():
        raise Incomplete("field_missing", field="why", missing=["why"])
    if not EventText.objects.filter(event=event).exists():
        raise WrongState("no_words", _("There are no words on this event any more."))
    try:
        with transaction.atomic():
            destruction = TextDestruction.objects.create(event=event, asked_by=by, asked_at=now)
    except IntegrityError:
        raise Clash("destruction_asked_already", _("This was asked for already. A second official decides.")) from None
    facts = {"event": str(event.pk)}
    asked = record("textdestruction.asked", destruction, by=by, facts=facts, why=why.strip(), case_id=event.case_id)
    tell(messages.DESTRUCTION_ASKED, destruction, because=asked)
    return destruction


@transaction.atomic
def destroy_words(destruction_id: UUID, *, by: User, now: datetime) -> TextDestruction:
    """Destroy the words as the second official; nothing brings them back. Raises NotAllowed, WrongState."""
    destruction = lock_destruction(destruction_id)
    require(may_confirm_destruction(by, destruction))
    _decide(destruction, DestructionState.DONE, messages.DESTRUCTION_DONE, by=by, now=now)
    EventText.objects.filter(event_id=destruction.event_id).delete()
    return destruction


@transaction.atomic
def keep_words(destruction_id: UUID, *, by: User, now: datetime) -> TextDestruction:
    """Decline to destroy the words. Raises NotAllowed, WrongState."""
    destruction = lock_destruction(destruction_id)
    require(may_confirm_destruction(by, destruction))
    _decide(destruction, DestructionState.DECLINED, messages.DESTRUCTION_DECLINED, by=by, now=now)
    return destruction


def _decide(destruction: TextDestruction, state: DestructionState, kind, *, by: User, now: datetime) -> None:
    destruction.decided_by, destruction.decided_at = by, now
    event = move(
        destruction, to=state, by=by, also=["decided_by", "decided_at"],
        facts={"event": str(destruction.event_id)}, case_id=destruction.event.case_id,
    )  # fmt: skip
    tell(kind, destruction, because=event)
