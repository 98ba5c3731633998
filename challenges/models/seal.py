"""Boxes and seals: what can be neither read nor counted before the deadline."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from challenges.models.programme import SealMode
from portal.guards import frozen, guard, raising


class Box(models.Model):
    """The box of one challenge: its public key, and its private key wrapped by a key outside the database.

    ``root`` is the Merkle root over the commitments of all live seals, made when the box is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    challenge = models.OneToOneField("challenges.Challenge", on_delete=models.PROTECT, related_name="box")
    mode = models.CharField(max_length=10, choices=SealMode)
    recipient = models.CharField(max_length=100)
    wrapped_identity = models.BinaryField()
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    root = models.BinaryField(max_length=32, null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, root__isnull=True) | Q(closed_at__isnull=False, root__isnull=False),
                name="box_closed_with_its_root",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(opened_at__gte=F("closed_at")), name="box_opened_after_closing"
            ),
        ]
        triggers = [
            frozen("box", ["challenge_id", "mode", "recipient", "wrapped_identity", "created_at"], once="TRUE"),
            frozen("box_closing", ["closed_at", "root"], once="OLD.closed_at IS NOT NULL"),
            guard(
                "box_closed_by_the_clock",
                f"""
                IF NEW.closed_at IS NOT NULL AND OLD.closed_at IS NULL AND EXISTS (
                    SELECT 1 FROM challenges_challenge WHERE id = NEW.challenge_id AND portal_now() <= closes_at) THEN
                    {raising("box_closed_by_the_clock", "a box closes after its deadline, not before")}
                END IF;
                """,
                on=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return str(self.challenge_id)


class Seal(models.Model):
    """One bid frozen and encrypted at one moment; ``commitment`` is the SHA-256 of its canonical document.

    Append-only; the seal with the highest version of a bid that was not withdrawn is the live one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bid = models.ForeignKey("challenges.Bid", on_delete=models.PROTECT, related_name="seals")
    version = models.PositiveSmallIntegerField()
    commitment = models.CharField(max_length=64)
    ciphertext = models.BinaryField()
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "version"], name="seal_version_once"),
            models.CheckConstraint(condition=Q(commitment__regex=r"^[0-9a-f]{64}$"), name="seal_commitment_hex"),
        ]
        triggers = [
            guard(
                "seal_in_time",
                f"""
                SELECT c.state, c.opens_at, c.closes_at, x.closed_at INTO board
                FROM challenges_bid b JOIN challenges_challenge c ON c.id = b.challenge_id
                JOIN challenges_box x ON x.challenge_id = c.id WHERE b.id = NEW.bid_id;
                IF NOT FOUND OR board.state <> 'published' OR board.closed_at IS NOT NULL
                    OR portal_now() > board.closes_at OR NEW.sealed_at > board.closes_at
                    OR NEW.sealed_at < board.opens_at OR NEW.sealed_at > portal_now() THEN
                    {raising("seal_in_time", "no seal outside the bidding window")}
                END IF;
                """,
                on=pgtrigger.Insert,
                declare=[("board", "RECORD")],
            )
        ]

    def __str__(self) -> str:
        return self.commitment


class Receipt(models.Model):
    """The signed receipt of one seal, as the bidder got it; append-only."""

    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, primary_key=True, related_name="receipt")
    event = models.OneToOneField("portal.Event", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, unique=True)
    body = models.TextField()
    signature = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.number


class KeyUse(models.Model):
    """One use of a box's private key, with its purpose; append-only, and never before the box is closed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    box = models.ForeignKey(Box, on_delete=models.PROTECT, related_name="key_uses")
    purpose = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [
            guard(
                "key_only_after_closing",
                f"""
                IF NOT EXISTS (SELECT 1 FROM challenges_box WHERE id = NEW.box_id AND closed_at IS NOT NULL) THEN
                    {raising("key_only_after_closing", "a box's key is not used before the box is closed")}
                END IF;
                """,
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return self.purpose
