"""Promise a mail or a text message that may hold a code, and send it: sealed in between, emptied afterwards."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import structlog
from django.core.mail import EmailMessage
from django.db import transaction

from portal import sms
from portal.clock import portal_now
from portal.enqueue import enqueue
from portal.models import Channel, Dispatch
from portal.vault import seal_text, unseal_text

log = structlog.get_logger(__name__)
CODES_LIVE = timedelta(minutes=10)
WARNINGS_LIVE = timedelta(days=3)


@transaction.atomic
def promise(channel: Channel, *, to: str, subject: str = "", text: str, live: timedelta) -> Dispatch:
    """Store what is to be sent, sealed, and promise the job; after ``live`` it is of no use and stays unsent."""
    now, pk = portal_now(), uuid4()
    words = json.dumps({"to": to, "subject": subject, "text": text}, ensure_ascii=False)
    dispatch = Dispatch.objects.create(
        id=pk, channel=channel, sealed=seal_text(words, f"dispatch:{pk}"), created_at=now, expires_at=now + live
    )
    enqueue("portal.send_dispatch", pk)
    return dispatch


def read(dispatch: Dispatch) -> dict[str, str]:
    """Whom it goes to and what it says; only while it waits."""
    return json.loads(unseal_text(dispatch.sealed, f"dispatch:{dispatch.pk}"))


@transaction.atomic
def send(dispatch_id: UUID) -> bool:
    """Send what still waits, then empty it. False when the way out failed and may be tried again."""
    dispatch = Dispatch.objects.select_for_update().filter(pk=dispatch_id, sealed__isnull=False).first()
    if dispatch is None:
        return True
    if portal_now() > dispatch.expires_at:
        return _end(dispatch, "too late")
    words = read(dispatch)
    dispatch.tries += 1
    try:
        if dispatch.channel == Channel.SMS:
            sms.gateway().send(words["to"], words["text"])
        else:
            EmailMessage(words["subject"], words["text"], to=[words["to"]]).send()
    except sms.Undeliverable as refused:
        log.warning("dispatch_refused", dispatch=str(dispatch.pk), error=str(refused))
        return _end(dispatch, "refused")
    except OSError as error:
        dispatch.error = type(error).__name__
        dispatch.save(update_fields=["tries", "error"])
        log.warning("dispatch_failed", dispatch=str(dispatch.pk), error=dispatch.error)
        return False
    dispatch.sent_at = portal_now()
    return _end(dispatch, "")


def _end(dispatch: Dispatch, error: str) -> bool:
    dispatch.sealed, dispatch.error = None, error
    dispatch.save(update_fields=["sealed", "tries", "sent_at", "error"])
    return True
