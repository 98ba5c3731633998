"""Deliver messages by e-mail, in the reader's language; the mail holds a link, not the content."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from portal.clock import PortalNow
from portal.models import Delivery, Message
from portal.states import DeliveryState

log = structlog.get_logger(__name__)
TRIES = 5


def words(message: Message, language: str) -> tuple[str, str]:
    """Subject and text of a message in a language; facts named ``…_at`` and ``…_on`` are moments and days."""
    with override(language):
        template = get_template(f"messages/{message.kind}.txt").template
        text = template.render(Context({"message": message, **read_facts(message.facts)}, autoescape=False))
    subject, _, rest = text.strip().partition("\n")
    return subject.strip(), rest.strip()


def read_facts(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts of a message as they were before they were stored: moments and days are no longer text."""
    readers = {"_at": datetime.fromisoformat, "_on": date.fromisoformat}
    return {
        name: readers[name[-3:]](value) if name[-3:] in readers and isinstance(value, str) and value else value
        for name, value in facts.items()
    }


def deliver(event_id: UUID, kind: str) -> None:
    """Send the e-mails of one event and kind that were not sent yet; each is tried on its own.

    Raises OSError when one could not be sent and may be tried again.
    """
    waiting = Delivery.objects.filter(message__event_id=event_id, message__kind=kind).exclude(state=DeliveryState.SENT)
    failures = [pk for pk in waiting.values_list("pk", flat=True) if not _deliver_one(pk)]
    if failures:
        raise OSError(f"{len(failures)} messages were not sent")


@transaction.atomic
def _deliver_one(message_id: UUID) -> bool:
    found = Delivery.objects.select_for_update(of=("self",)).select_related("message__to").filter(pk=message_id)
    delivery = found.exclude(state=DeliveryState.SENT).first()
    if delivery is None or delivery.tries >= TRIES:
        return True
    message = delivery.message
    subject, text = words(message, message.to.language)
    delivery.tries += 1
    if delivery.state == DeliveryState.FAILED:
        delivery.state = DeliveryState.QUEUED
        delivery.save(update_fields=["state"])
    try:
        EmailMessage(subject, f"{text}\n\n{settings.SITE_URL}{message.link}\n", to=[message.to.email]).send()
    except OSError as error:
        delivery.state, delivery.error = DeliveryState.FAILED, type(error).__name__
        delivery.save(update_fields=["state", "tries", "error"])
        log.warning("mail_failed", message=str(message_id), error=type(error).__name__)
        return False
    delivery.state, delivery.sent_at, delivery.error = DeliveryState.SENT, PortalNow(), ""
    delivery.save(update_fields=["state", "tries", "sent_at", "error"])
    return True
