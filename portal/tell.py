"""Tell people what happened: one message per event, kind and person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import models

from portal.enqueue import enqueue
from portal.models import Delivery, Event, Message

KINDS: dict[str, "Kind"] = {}
"""Every kind of message, by its code."""


@dataclass(frozen=True)
class Kind:
    """A kind of message: whom it concerns, where it leads, what its words may name.

    ``to`` gives the ids of people, ``link`` a path of the portal, ``facts`` values for the words in
    ``templates/messages/<code>.txt`` (first line the subject): titles, numbers, moments, never
    confidential text. ``sealed`` kinds concern bids before opening.
    """

    code: str
    to: Callable[[models.Model], Iterable[UUID]]
    link: Callable[[models.Model], str]
    facts: Callable[[models.Model], Mapping[str, object]] = field(default=lambda subject: {})
    sealed: bool = False

    def __post_init__(self) -> None:
        if self.code in KINDS:
            raise ValueError(f"two kinds of message are called {self.code}")
        KINDS[self.code] = self


def tell(kind: Kind, subject: models.Model, *, because: Event) -> None:
    """Store the message for everybody it concerns, and promise its e-mail, in the present transaction."""
    people = sorted(set(kind.to(subject)))
    if not people:
        return
    link, facts = kind.link(subject), dict(kind.facts(subject))
    messages = Message.objects.bulk_create(
        [
            Message(
                event=because,
                kind=kind.code,
                to_id=person,
                link=link,
                facts=facts,
                sealed=kind.sealed,
                created_at=because.at,
            )
            for person in people
        ]
    )
    Delivery.objects.bulk_create([Delivery(message=message) for message in messages])
    enqueue("portal.deliver_messages", because.pk, kind.code)
