"""Messages that a person has opened."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.kernel.errors import NotFound
from portal.models import Message, User


@transaction.atomic
def read_message(message_id: UUID, *, by: User, now: datetime) -> Message:
    """Mark a person's own message as opened; the first time counts. Raises NotFound for another's."""
    message = Message.objects.select_for_update().filter(pk=message_id, to=by).first()
    if message is None:
        raise NotFound()
    if message.read_at is None:
        message.read_at = now
        message.save(update_fields=["read_at"])
    return message


@transaction.atomic
def read_all(*, by: User, now: datetime) -> int:
    """Mark all messages of a person as opened; how many there were."""
    return Message.objects.filter(to=by, read_at=None).update(read_at=now)
