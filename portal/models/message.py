"""Messages to people, and their delivery by e-mail."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models

from portal.guards import flow_guard, guard, raising
from portal.states import DELIVERY_FLOW, DeliveryState


class Message(models.Model):
    """One thing one person is told because of one event; the words are made when it is read.

    ``facts`` hold titles and moments for the sentence, never confidential text. ``sealed``
    messages concern bids before opening and are listed to their reader alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey("portal.Event", on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=60)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    link = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    sealed = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "kind", "to"], name="message_once_per_event_kind_person")
        ]
        indexes = [models.Index(fields=["to", "-created_at"], name="message_inbox")]
        triggers = [
            guard(
                "message_kept_a_while",
                f"""
                IF OLD.created_at > portal_now() - interval '180 days' THEN
                    {raising("message_kept_a_while", "a message is kept for at least 180 days")}
                END IF;
                """,
                on=pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return self.kind


class Delivery(models.Model):
    """The e-mail of a message: queued, sent or failed, with the number of tries."""

    flow = DELIVERY_FLOW

    message = models.OneToOneField(Message, on_delete=models.PROTECT, primary_key=True, related_name="delivery")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        triggers = [
            flow_guard(DELIVERY_FLOW, "delivery"),
            guard(
                "delivery_kept_a_while",
                f"""
                IF EXISTS (SELECT 1 FROM portal_message WHERE id = OLD.message_id
                    AND created_at > portal_now() - interval '180 days') THEN
                    {raising("delivery_kept_a_while", "a delivery is kept as long as its message")}
                END IF;
                """,
                on=pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return self.state
