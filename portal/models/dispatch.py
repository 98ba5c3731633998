"""Mails and text messages with a code or a warning, promised in a transaction and sent by a job."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q


class Channel(models.TextChoices):
    """How something is sent."""

    MAIL = "mail"
    SMS = "sms"


class Dispatch(models.Model):
    """One mail or text message to one address: sealed under the vault's key until it is sent, then emptied.

    Unlike a message it may hold a code, so no row, copy or log of the database holds its words.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    channel = models.CharField(max_length=4, choices=Channel)
    sealed = models.BinaryField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(sealed__isnull=True), name="dispatch_emptied_once_sent"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="dispatch_expires_after_it_was_promised"
            ),
        ]

    def __str__(self) -> str:
        return self.channel
