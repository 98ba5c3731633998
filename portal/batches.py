"""The record's batches: what is sealed gets its place every minute, and nobody sees whether there was any."""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import QuerySet

from portal.kernel import blinded, merkle
from portal.models import Event, SealedBatch, SealedPlace

MOST = 4096
"""So many places of one batch are given; what is more waits for the next minute."""
_may_be_sealed: list[Callable[[], bool]] = []


def needed_while(answer: Callable[[], bool]) -> None:
    """Every minute has a batch while ``answer`` says yes; it may tell only what everybody knows anyway."""
    _may_be_sealed.append(answer)


def due(now: datetime) -> bool:
    """Whether this minute still needs its batch.

    That must never depend on whether something was sealed: so batches come all the time while any
    board takes bids or has its box shut, and one more after the last of them.
    """
    last = SealedBatch.objects.order_by("-number").first()
    if last and _minute(last.at) == _minute(now):
        return False
    return (last is not None and last.more) or may_be_sealed() or waiting().exists()


def may_be_sealed() -> bool:
    """Whether anything may be sealed at the moment."""
    return any(answer() for answer in _may_be_sealed)


def waiting() -> QuerySet[Event]:
    """Sealed events that have no place yet."""
    return Event.objects.filter(sealed=True, entry__isnull=True, sealed_place__isnull=True)


def next_batch(now: datetime) -> tuple[SealedBatch, list[SealedPlace]]:
    """A new batch over the sealed events that wait, each at a place drawn by lot; nothing is stored yet."""
    events = list(waiting().order_by("at", "id").only("id", "leaf")[:MOST])
    drawn = secrets.SystemRandom().sample(range(blinded.PLACES), len(events))
    last = SealedBatch.objects.order_by("-number").first()
    batch = SealedBatch(
        number=last.number + 1 if last else 0, seed=secrets.token_bytes(32), more=may_be_sealed(), at=now
    )
    return batch, [
        SealedPlace(event=event, batch=batch, place=place) for event, place in zip(events, drawn, strict=True)
    ]


def root_of(batch: SealedBatch, places: Iterable[SealedPlace]) -> bytes:
    """The root of a batch over its places, made again from the events' leaves."""
    return blinded.root(_leaves(places), bytes(batch.seed))


def path_of(place: SealedPlace) -> list[bytes]:
    """The hashes that lead from a sealed event to the root of its batch; always equally many."""
    places = place.batch.places.select_related("event").only("place", "event__leaf", "batch_id")
    return blinded.path(_leaves(places), bytes(place.batch.seed), place.place)


def holds(leaf: bytes, place: SealedPlace, root: bytes) -> bool:
    """Whether the path of a place leads from this leaf to the root that the record holds."""
    return merkle.verify_inclusion(leaf, place.place, blinded.PLACES, path_of(place), root)


def _leaves(places: Iterable[SealedPlace]) -> dict[int, bytes]:
    return {each.place: bytes(each.event.leaf) for each in places}


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
