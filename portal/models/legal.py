"""Privacy statement and terms of use: their versions, and who has accepted which."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.guards import guard, raising


class LegalKind(models.TextChoices):
    """Which text."""

    PRIVACY = "privacy", _("privacy statement")
    TERMS = "terms", _("terms of use")


class LegalText(models.Model):
    """One version of a text in both languages, from a day on; published by a second person. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=LegalKind)
    version = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    text_zh = models.TextField()
    text_en = models.TextField()
    sha256 = models.CharField(max_length=64)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="legal_text_version_once"),
            models.CheckConstraint(condition=~Q(text_zh="") & ~Q(text_en=""), name="legal_text_in_both_languages"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="legal_text_sha256_hex"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

    @property
    def text(self) -> str:
        """The text in the reader's language."""
        return self.text_en if (get_language() or "").startswith("en") else self.text_zh


class LegalTextDecision(models.Model):
    """A second person publishes a version, or declines it. Append-only."""

    text = models.OneToOneField(LegalText, on_delete=models.PROTECT, primary_key=True, related_name="decision")
    published = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [
            guard(
                "legal_text_two_people",
                f"""
                IF EXISTS (SELECT 1 FROM portal_legaltext WHERE id = NEW.text_id AND written_by_id = NEW.by_id) THEN
                    {raising("legal_text_two_people", "who writes a legal text does not publish it")}
                END IF;
                """,
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return "published" if self.published else "declined"


class Acceptance(models.Model):
    """A person has read and accepted one version. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="acceptances")
    text = models.ForeignKey(LegalText, on_delete=models.PROTECT, related_name="acceptances")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "text"], name="acceptance_once")]
        triggers = [
            guard(
                "acceptance_of_published_text",
                f"""
                IF NOT EXISTS (SELECT 1 FROM portal_legaltextdecision WHERE text_id = NEW.text_id AND published) THEN
                    {raising("acceptance_of_published_text", "only a published text is accepted")}
                END IF;
                """,
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return str(self.text_id)
