"""Files: what they are called, what they weigh, and their fingerprint; the bytes lie in the store."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """One file in the store, encrypted there.

    ``sealed`` files belong to a bid before opening: they are encrypted to the box of their
    challenge, and their name is kept only inside the encrypted draft.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    sealed = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_sha256_hex"),
            models.CheckConstraint(condition=Q(sealed=False) | Q(name=""), name="file_sealed_has_no_name"),
        ]

    def __str__(self) -> str:
        return self.name
