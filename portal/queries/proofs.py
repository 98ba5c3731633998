"""The place of an event in the record, and the proof of it."""

import json
from base64 import b64encode

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal import batches
from portal.kernel import blinded, merkle, signing
from portal.kernel.errors import WrongState
from portal.models import Checkpoint, Entry, Event, SealedPlace
from portal.record import read_node


def with_places(events: QuerySet[Event]) -> QuerySet[Event]:
    """Events with all that :func:`number_of` needs at hand."""
    return events.select_related("entry", "sealed_place__batch__event__entry")


def number_of(event: Event) -> int | None:
    """The number of an event's entry in the record, that of its batch for a sealed one; None until it has one."""
    place = getattr(event, "sealed_place", None)
    entry = getattr(place.batch.event if place else event, "entry", None)
    return entry.number if entry else None


def entry_of(event: Event) -> tuple[Entry | None, SealedPlace | None]:
    """The entry under which an event stands, and for a sealed one its place in the batch there."""
    place = SealedPlace.objects.filter(event=event).select_related("batch__event").first()
    return Entry.objects.filter(event=place.batch.event if place else event).first(), place


def last_checkpoint() -> Checkpoint | None:
    """The newest signed statement of the record's size and root."""
    return Checkpoint.objects.order_by("-size").first()


def proof_of(event: Event) -> dict[str, object]:
    """That an event stands in the record: its body, its leaf, the path to the root, and the signed checkpoint.

    Hashes are hex. Who trusts the key needs nothing of ours to check it: the leaf is the SHA-256
    of a zero byte and the body; the path is that of RFC 6962. An event that was sealed stands in a
    ``batch``: its leaf leads to the root named in the batch's body, and the leaf of that body to
    the root of the record. Raises WrongState until the event has its number.
    """
    entry, place = entry_of(event)
    if entry is None:
        raise WrongState("not_numbered_yet", _("The event gets its place in the record within a minute. Ask again then."))
    checkpoint = last_checkpoint()
    return {
        "v": 1,
        "body": event.body,
        "leaf": bytes(event.leaf).hex(),
        "batch": batch_proof(place) if place else None,
        "number": entry.number,
        "chain": bytes(entry.chain).hex(),
        "proof": [step.hex() for step in merkle.inclusion_from(entry.number, checkpoint.size, read_node)],
        "checkpoint": json.loads(checkpoint.body),
        "signature": checkpoint.signature,
        "public_key": b64encode(signing.public_key(settings.SIGNING_KEY)).decode(),
    }


def batch_proof(place: SealedPlace) -> dict[str, object]:
    """That a sealed event stands in its batch: the batch's own body, and the path to the root named there."""
    return {
        "body": place.batch.event.body,
        "index": place.place,
        "size": blinded.PLACES,
        "path": [step.hex() for step in batches.path_of(place)],
    }
