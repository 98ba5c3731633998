"""The place of an event in the record, and the proof of it."""

import json
from base64 import b64encode

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.kernel import merkle, signing
from portal.kernel.errors import WrongState
from portal.models import Checkpoint, Entry, Event
from portal.record import read_node


def last_checkpoint() -> Checkpoint | None:
    """The newest signed statement of the record's size and root."""
    return Checkpoint.objects.order_by("-size").first()


def proof_of(event: Event) -> dict[str, object]:
    """That an event stands in the record: its body, its leaf, the path to the root, and the signed checkpoint.

    Hashes are hex. Who trusts the key needs nothing of ours to check it: the leaf is the SHA-256
    of a zero byte and the body; the path is that of RFC 6962. Raises WrongState until the event
    has its number.
    """
    entry = Entry.objects.filter(event=event).first()
    if entry is None:
        raise WrongState("not_numbered_yet", _("The event gets its place in the record within a minute. Ask again then."))
    checkpoint = last_checkpoint()
    return {
        "v": 1,
        "body": event.body,
        "leaf": bytes(event.leaf).hex(),
        "number": entry.number,
        "chain": bytes(entry.chain).hex(),
        "proof": [step.hex() for step in merkle.inclusion_from(entry.number, checkpoint.size, read_node)],
        "checkpoint": json.loads(checkpoint.body),
        "signature": checkpoint.signature,
        "public_key": b64encode(signing.public_key(settings.SIGNING_KEY)).decode(),
    }
