"""The record: every change as an event, its place in the chain and the tree, signed checkpoints."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.delegable import kinds_in_sql
from portal.guards import guard, raising
from portal.kernel import blinded


def _of_events(name: str, *, sealed: bool) -> pgtrigger.Trigger:
    """Only sealed events, or only the others, may stand here."""
    wrong = "NOT sealed" if sealed else "sealed"
    refuse = raising(name, "sealed events stand in a batch, all others have an entry")
    return guard(
        name,
        f"IF EXISTS (SELECT 1 FROM portal_event WHERE id = NEW.event_id AND {wrong}) THEN {refuse} END IF;",
        on=pgtrigger.Insert,
    )


UNDER_A_DELEGATION = f"""
    IF NEW.on_behalf_of_id IS NOT NULL THEN
        IF {kinds_in_sql("NEW.kind")} THEN
            {raising("event_of_what_may_be_delegated", "nobody does this for somebody else")}
        END IF;
        IF NOT EXISTS (
                SELECT 1 FROM portal_delegation WHERE principal_id = NEW.on_behalf_of_id AND delegate_id = NEW.by_id
                AND state = 'accepted' AND (portal_now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN starts_on AND ends_on) THEN
            {raising("event_under_a_delegation", "who acts for somebody else does so under a delegation of today")}
        END IF;
    END IF;
"""


class Event(models.Model):
    """One thing that happened; ``body`` is its canonical JSON, ``leaf`` the SHA-256 of 0x00 and body.

    ``case`` is the challenge (or other case) whose record it belongs to. ``sealed`` events concern
    bids before opening: nobody outside the bidding organisation sees them before the box is opened.
    ``on_behalf_of`` is the person for whom the actor acted, under a delegation. Append-only.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    sealed = models.BooleanField(default=False)
    rehearsal = models.BooleanField(default=False)
    body = models.TextField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "at"], name="event_by_case"),
            models.Index(fields=["subject_id", "at"], name="event_by_subject"),
            models.Index(fields=["by", "at"], condition=Q(on_behalf_of__isnull=False), name="event_for_somebody"),
            models.Index(fields=["at"], name="event_sealed", condition=Q(sealed=True)),
        ]
        triggers = [guard("event_under_a_delegation", UNDER_A_DELEGATION, on=pgtrigger.Insert)]

    def __str__(self) -> str:
        return self.kind


class EventText(models.Model):
    """The words of an event (a reason, an opinion), encrypted; the event holds only their salted hash."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="text")
    ciphertext = models.BinaryField()

    class Meta:
        triggers = [
            guard(
                "event_text_destroyed_by_two",
                f"""
                IF NOT EXISTS (SELECT 1 FROM portal_textdestruction WHERE event_id = OLD.event_id AND state = 'done'
                    AND decided_by_id <> asked_by_id) THEN
                    {raising("event_text_destroyed_by_two", "the words of an event are destroyed by two officials")}
                END IF;
                """,
                on=pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return str(self.event_id)


class Entry(models.Model):
    """An event's place in the record: its number from 0 and the chain hash over all before it.

    A sealed event has no entry of its own; it stands in a batch.
    """

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="entry")
    chain = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(number__gte=0), name="entry_number_from_zero")]
        triggers = [_of_events("entry_of_no_sealed_event", sealed=False)]

    def __str__(self) -> str:
        return str(self.number)


class SealedBatch(models.Model):
    """The sealed events of one minute, however many or none, under one event of the record.

    The event's body holds the root of a tree of fixed size over them (see ``portal.kernel.blinded``);
    ``seed`` fills its empty places and stays secret. ``more`` says that something may still be
    sealed, so that the next minute gets its batch too.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    number = models.BigIntegerField(unique=True)
    seed = models.BinaryField(max_length=32)
    more = models.BooleanField()
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="batch")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(number__gte=0), name="batch_number_from_zero")]
        triggers = [_of_events("batch_told_by_open_event", sealed=False)]

    def __str__(self) -> str:
        return str(self.number)


class SealedPlace(models.Model):
    """Where a sealed event stands in its batch; drawn by lot, so that it tells no order."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="sealed_place")
    batch = models.ForeignKey(SealedBatch, on_delete=models.PROTECT, related_name="places")
    place = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "place"], name="sealed_place_given_once"),
            models.CheckConstraint(condition=Q(place__gte=0, place__lt=blinded.PLACES), name="sealed_place_in_the_tree"),
        ]
        triggers = [_of_events("sealed_place_of_sealed_event", sealed=True)]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.place}"


class TreeNode(models.Model):
    """A complete subtree of the RFC 6962 tree over all entries: ``level`` 0 are the leaves' hashes."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """A signed statement of the record's size, root and chain at a moment."""

    size = models.BigIntegerField(primary_key=True)
    body = models.TextField()
    signature = models.CharField(max_length=100)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.size)
