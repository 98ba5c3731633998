"""Makes the record again from its bodies and holds it against what is stored."""

import json
from collections.abc import Iterator
from hashlib import sha256

from django.conf import settings
from django.db.models import Prefetch
from django.db.models.expressions import RawSQL

from portal import batches
from portal.kernel import merkle, signing
from portal.models import Checkpoint, Entry, Event, SealedBatch, SealedPlace, TreeNode
from portal.record import GENESIS

SHOWN = 10
"""So many wrong nodes are named; one wrong leaf spoils a whole path."""


def verify() -> Iterator[str]:
    """One sentence for everything in the record that is not what its bodies say.

    Reads every event once in the order of its number and keeps only the edge of the tree in
    memory. Events that wait for their number are no fault.
    """
    checkpoints = {each.size: each for each in Checkpoint.objects.all()}
    stored = _stored_nodes()
    edge: dict[tuple[int, int], bytes] = {}
    chain, wrong = GENESIS, 0
    entries = Entry.objects.select_related("event").order_by("number")
    for expected, entry in enumerate(entries.iterator(chunk_size=500)):
        leaf, chain, faults = _entry(entry, expected, chain)
        yield from faults
        for level, index, hashed in merkle.nodes_completed_by(expected, leaf, lambda level, index: edge[level, index]):
            edge[level, index] = hashed
            if level:
                edge.pop((level - 1, 2 * index), None)
                edge.pop((level - 1, 2 * index + 1), None)
            if next(stored, None) != (level, index, hashed) and (wrong := wrong + 1) <= SHOWN:
                yield f"Node {level}/{index} of the tree is not what its leaves make."
        size = expected + 1
        if size in checkpoints:
            root = merkle.root_from(size, lambda level, index: edge[level, index])
            yield from _checkpoint(checkpoints.pop(size), root, chain)
    yield from (f"Checkpoint {size} speaks of more entries than there are." for size in checkpoints)
    if next(stored, None) is not None:
        yield "The tree holds nodes that no entry makes."
    yield from _batches()


def _entry(entry: Entry, expected: int, chain: bytes) -> tuple[bytes, bytes, list[str]]:
    """The leaf and chain as they should be, and what is wrong with an entry."""
    event, faults = entry.event, []
    body = json.loads(event.body)
    leaf = merkle.leaf_hash(event.body.encode())
    made = sha256(chain + leaf).digest()
    if entry.number != expected:
        faults.append(f"Entry {expected} is missing; the next is {entry.number}.")
    if bytes(event.leaf) != leaf:
        faults.append(f"The leaf of event {event.pk} is not the hash of its body.")
    if bytes(entry.chain) != made:
        faults.append(f"The chain breaks at entry {entry.number}.")
    if (body["id"], body["kind"], body["subject"]["id"]) != (str(event.pk), event.kind, str(event.subject_id)):
        faults.append(f"The columns of event {event.pk} are not what its body says.")
    if body["by"] != (str(event.by_id) if event.by_id else "clock"):
        faults.append(f"The actor of event {event.pk} is not the one in its body.")
    if body.get("for") != (str(event.on_behalf_of_id) if event.on_behalf_of_id else None):
        faults.append(f"The person for whom event {event.pk} was done is not the one in its body.")
    return leaf, made, faults


def _batches() -> Iterator[str]:
    """What is wrong with the batches of sealed events; nothing but their events may stand in them."""
    places = SealedPlace.objects.select_related("event").only("batch_id", "place", "event__id", "event__body", "event__leaf")
    batches_made = SealedBatch.objects.select_related("event").prefetch_related(Prefetch("places", places))
    for expected, batch in enumerate(batches_made.order_by("number").iterator(chunk_size=100)):
        said = json.loads(batch.event.body)["facts"]
        if batch.number != expected:
            yield f"Batch {expected} is missing; the next is {batch.number}."
        for place in batch.places.all():
            if bytes(place.event.leaf) != merkle.leaf_hash(place.event.body.encode()):
                yield f"The leaf of event {place.event_id} is not the hash of its body."
        if said != {"number": batch.number, "root": batches.root_of(batch, batch.places.all()).hex()}:
            yield f"Batch {batch.number} does not hold what the record says of it."


def _checkpoint(checkpoint: Checkpoint, root: bytes, chain: bytes) -> Iterator[str]:
    """What is wrong with a signed checkpoint."""
    said = json.loads(checkpoint.body)
    if (said["size"], said["root"], said["chain"]) != (checkpoint.size, root.hex(), chain.hex()):
        yield f"Checkpoint {checkpoint.size} does not state the record's root and chain."
    if not signing.verify(said, checkpoint.signature, signing.public_key(settings.SIGNING_KEY)):
        yield f"The signature of checkpoint {checkpoint.size} is not the portal's."


def _stored_nodes() -> Iterator[tuple[int, int, bytes]]:
    """The nodes in the order in which entries complete them: by their last leaf, then by level."""
    nodes = TreeNode.objects.order_by(RawSQL('(("index" + 1) << level) - 1', ()), "level")
    for level, index, hashed in nodes.values_list("level", "index", "hash").iterator(chunk_size=2000):
        yield level, index, bytes(hashed)


def waiting() -> int:
    """How many events have no number yet."""
    return Event.objects.filter(entry__isnull=True, sealed_place__isnull=True).count()
