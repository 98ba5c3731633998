"""Personal data: who looked at what, copies for their owner, requests of erasure, destroyed words and files."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.guards import flow_guard, frozen, guard, raising
from portal.states import DESTRUCTION_FLOW, ERASURE_FLOW, DestructionState, ErasureState

FILES_KEPT_YEARS_LEAST = 10
"""Files of an award are research archives; the shortest time for which archives are kept is ten years."""


class Purpose(models.TextChoices):
    """What masked personal data is looked at for."""

    CONTACT = "contact", _("to reach the person about a case")
    CHECK = "check", _("to check an entry against papers")
    PAYMENT = "payment", _("to make or check a payment")
    COMPLAINT = "complaint", _("to handle an objection or complaint")
    AUDIT = "audit", _("audit or discipline inspection")
    RIGHTS = "rights", _("to answer the person's own request")


class AccessToPersonalData(models.Model):
    """Somebody looked at a masked value in full: whose, which, and for what purpose. Append-only.

    ``person`` is whose value it is; an organisation's bank account has ``organisation`` instead.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    field = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    words = models.CharField(_("in words"), max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="access_is_to_somebodys_data",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="access_has_a_purpose"),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="access_by_person"),
            models.Index(fields=["organisation", "-at"], name="access_by_organisation"),
        ]

    def __str__(self) -> str:
        return self.field


class DataExport(models.Model):
    """A copy of one's own data: asked for, made by a job, and kept for some days."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    file = models.OneToOneField("portal.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    ready_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=True, ready_at__isnull=True, ends_at__isnull=True)
                | Q(file__isnull=False, ready_at__isnull=False, ends_at__gt=F("ready_at")),
                name="export_ready_with_its_file",
            ),
        ]
        triggers = [
            frozen("data_export", ["person_id", "asked_at"], once="TRUE"),
            frozen("data_export_ready", ["file_id", "ready_at", "ends_at"], once="OLD.file_id IS NOT NULL"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class Erasure(models.Model):
    """A person asks to be forgotten; somebody else carries it out or declines with a reason."""

    flow = ERASURE_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ErasureState, default=ErasureState.ASKED)
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state="asked"), name="erasure_one_open"),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "declined"])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("person")),
                name="erasure_decided_by_another",
            ),
        ]
        triggers = [
            flow_guard(ERASURE_FLOW, "erasure"),
            frozen("erasure", ["person_id", "asked_at"], once="TRUE"),
            frozen("erasure_decided", ["decided_by_id", "decided_at"], once="OLD.decided_by_id IS NOT NULL"),
            guard(
                "erasure_done_is_carried_out",
                f"""
                IF NEW.state = 'done' AND EXISTS (
                    SELECT 1 FROM portal_user WHERE id = NEW.person_id AND erased_at IS NULL) THEN
                    {raising("erasure_done_is_carried_out", "an erasure is done when the person is forgotten")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
                deferred=True,
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class TextDestruction(models.Model):
    """Two officials destroy the words of one event; its hash in the record stays, so every proof still holds."""

    flow = DESTRUCTION_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey("portal.Event", on_delete=models.PROTECT, related_name="destructions")
    state = models.CharField(max_length=10, choices=DestructionState, default=DestructionState.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=~Q(state="declined"), name="text_destruction_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="asked")
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by")),
                name="text_destroyed_by_two_people",
            ),
        ]
        triggers = [
            flow_guard(DESTRUCTION_FLOW, "text_destruction"),
            frozen("text_destruction", ["event_id", "asked_by_id", "asked_at"], once="TRUE"),
            frozen("text_destruction_decided", ["decided_by_id", "decided_at"], once="OLD.decided_by_id IS NOT NULL"),
            guard(
                "text_destruction_is_carried_out",
                f"""
                IF NEW.state = 'done' AND EXISTS (SELECT 1 FROM portal_eventtext WHERE event_id = NEW.event_id) THEN
                    {raising("text_destruction_is_carried_out", "a destruction is done when the words are gone")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
                deferred=True,
            ),
        ]

    def __str__(self) -> str:
        return str(self.event_id)


class FileDestruction(models.Model):
    """The bytes of a stored file are gone because its time is over; name and hash stay. Append-only.

    Files of cases are kept ten years at least; a copy of one's own data goes on its last day.
    """

    file = models.OneToOneField("portal.StoredFile", on_delete=models.PROTECT, primary_key=True, related_name="destruction")
    because = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        triggers = [
            guard(
                "file_destroyed_in_its_time",
                f"""
                IF EXISTS (SELECT 1 FROM portal_storedfile WHERE id = NEW.file_id
                        AND created_at > portal_now() - interval '{FILES_KEPT_YEARS_LEAST} years')
                    AND NOT EXISTS (SELECT 1 FROM portal_dataexport WHERE file_id = NEW.file_id
                        AND ends_at <= portal_now()) THEN
                    {raising("file_destroyed_in_its_time", "a file of a case is kept ten years at least")}
                END IF;
                """,
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return str(self.file_id)


class RetentionRun(models.Model):
    """The nightly job applied one retention time: how many rows, and from before which moment. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=40)
    before = models.DateTimeField()
    count = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="retention_run_newest")]

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"
