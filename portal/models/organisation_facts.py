"""What is known of an organisation, by whom and since when; its former and short names."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from portal.guards import frozen, guard, raising
from portal.profile_items import CODES, YEARLY


def name_key() -> models.GeneratedField:
    """The name as it is compared with others: without spaces, brackets, width and legal form."""
    return models.GeneratedField(
        expression=Func(F("name"), function="portal_name_key"),
        output_field=models.CharField(max_length=120),
        db_persist=True,
    )


class FactSource(models.TextChoices):
    """Who vouches for a value."""

    ORGANISATION = "organisation", _("stated by the organisation")
    BUREAU = "bureau", _("verified by the bureau")
    REGISTER = "register", _("public register")
    DOCUMENT = "document", _("document")


class OrganisationFact(models.Model):
    """One value of one item, with its source and day; a newer row supersedes it, nothing is rewritten.

    ``value`` is text, a whole number (money in fen) or nothing where the item was emptied; ``year``
    stands with yearly figures only. ``version`` counts the values of one item (and year) from 1;
    the highest is the present one. Append-only.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="facts")
    item = models.CharField(max_length=30, choices=CODES)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    value = models.JSONField(null=True)
    unit = models.CharField(max_length=10, blank=True)
    as_of = models.DateField(_("as of"))
    source = models.CharField(max_length=12, choices=FactSource)
    source_note = models.CharField(_("where it was seen"), max_length=200, blank=True)
    file = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="document") | Q(file__isnull=False), name="fact_document_has_its_file"
            ),
            models.CheckConstraint(
                condition=~Q(source="register") | ~Q(source_note=""), name="fact_register_is_named"
            ),
            models.CheckConstraint(
                condition=Q(item__in=YEARLY, year__isnull=False) | (~Q(item__in=YEARLY) & Q(year__isnull=True)),
                name="fact_year_with_yearly_items",
            ),
            models.UniqueConstraint(
                fields=["organisation", "item", "year", "version"], nulls_distinct=False, name="fact_version_once"
            ),
        ]
        triggers = [
            guard(
                "fact_next_version",
                f"""
                IF NEW.version <> 1 + COALESCE((SELECT max(f.version) FROM portal_organisationfact f
                    WHERE f.organisation_id = NEW.organisation_id AND f.item = NEW.item
                    AND f.year IS NOT DISTINCT FROM NEW.year), 0) THEN
                    {raising("fact_next_version", "a value follows the one before it")}
                END IF;
                """,
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"


class AliasKind(models.TextChoices):
    """What another name is."""

    FORMER = "former", _("former name")
    SHORT = "short", _("short name")


class OrganisationAlias(models.Model):
    """Another name an organisation had or is called by, with its days; found by every search."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(_("name"), max_length=120)
    name_key = name_key()
    kind = models.CharField(_("kind"), max_length=10, choices=AliasKind)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="alias_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(kind="former") | Q(ends_on__isnull=False), name="alias_former_name_has_ended"
            ),
            models.UniqueConstraint(
                fields=["organisation", "name", "kind"], condition=Q(removed_at__isnull=True), name="alias_once"
            ),
        ]
        indexes = [GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="alias_by_likeness")]
        triggers = [
            frozen(
                "alias",
                ["organisation_id", "name", "kind", "starts_on", "ends_on", "entered_by_id", "entered_at"],
                once="TRUE",
            ),
            frozen("alias_removed", ["removed_at"], once="OLD.removed_at IS NOT NULL"),
        ]

    def __str__(self) -> str:
        return self.name


class JoinRequest(models.Model):
    """A person asks an organisation's administrators to be let in; one a day. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person", "asked_on"], name="join_request_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.organisation}"
