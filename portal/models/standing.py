"""What is known against an organisation: checks of the public credit sites, dishonesty and its repair."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.guards import flow_guard, frozen, guard, raising
from portal.states import DISHONESTY_FLOW, DishonestyState

TODAY = "(portal_now() AT TIME ZONE 'Asia/Shanghai')::date"


class CreditSite(models.Model):
    """A public site on which credit is looked up, as the last rules that name it say.

    ``valid_days`` is how long a check counts under those rules; a case counts by its own rules.
    """

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    address = models.URLField(max_length=200)
    valid_days = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name


class CreditResult(models.TextChoices):
    """What a look at a credit site gave."""

    CLEAN = "clean", _("clean")
    RECORD = "record", _("record found")
    UNREACHABLE = "unreachable", _("site not reachable")


class CreditCheck(models.Model):
    """One look at one site by a person, with the picture of what it showed; corrected by a new row only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="credit_checks")
    site = models.ForeignKey(CreditSite, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField(_("day of the check"))
    result = models.CharField(_("result"), max_length=12, choices=CreditResult)
    found = models.TextField(_("what was found"), blank=True)
    screenshot = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "site", "-checked_on"], name="credit_check_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "site", "checked_on"],
                condition=Q(corrects__isnull=True) & ~Q(result="unreachable"),
                name="credit_check_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(result="unreachable") | Q(screenshot__isnull=False), name="credit_check_shows_its_page"
            ),
            models.CheckConstraint(condition=~Q(result="record") | ~Q(found=""), name="credit_record_says_what"),
        ]
        triggers = [
            guard(
                "credit_check_not_in_future",
                f"IF NEW.checked_on > {TODAY} THEN "
                + raising("credit_check_not_in_future", "a credit check does not lie in the future")
                + " END IF;",
                on=pgtrigger.Insert,
            ),
            guard(
                "credit_check_corrects_its_like",
                "IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM portal_creditcheck c"
                " WHERE c.id = NEW.corrects_id AND c.organisation_id = NEW.organisation_id AND c.site_id = NEW.site_id) THEN "
                + raising("credit_check_corrects_its_like", "a check corrects one of the same organisation and site")
                + " END IF;",
                on=pgtrigger.Insert,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.checked_on}"


class CreditRuling(models.Model):
    """A found record is let pass, with the reason, by somebody who did not record it; append-only."""

    credit_check = models.OneToOneField(CreditCheck, on_delete=models.PROTECT, primary_key=True, related_name="ruling")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="credit_ruling_has_reason")]
        triggers = [
            guard(
                "credit_ruling_by_another",
                "IF NOT EXISTS (SELECT 1 FROM portal_creditcheck c WHERE c.id = NEW.credit_check_id"
                " AND c.result = 'record' AND c.by_id <> NEW.by_id) THEN "
                + raising("credit_ruling_by_another", "a found record is let pass by another than who recorded it")
                + " END IF;",
                on=pgtrigger.Insert,
            )
        ]

    def __str__(self) -> str:
        return str(self.credit_check_id)


class DishonestyKind(models.TextChoices):
    """How grave an entry on a dishonesty list is."""

    SERIOUS = "serious", _("serious")
    GENERAL = "general", _("general")


class Dishonesty(models.Model):
    """An organisation stands on a dishonesty list (失信): entered by an officer, in force once a second person confirms.

    Until it is repaired it excludes from what the rules of a case name.
    """

    flow = DISHONESTY_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="dishonesties")
    kind = models.CharField(_("kind"), max_length=10, choices=DishonestyKind)
    source = models.CharField(_("source"), max_length=120)
    document_number = models.CharField(_("document number"), max_length=80)
    from_on = models.DateField(_("from"))
    words = models.TextField(_("what for"))
    credit_check = models.ForeignKey(CreditCheck, on_delete=models.PROTECT, null=True, related_name="dishonesties")
    state = models.CharField(max_length=10, choices=DishonestyState, default=DishonestyState.RECORDED)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    repaired_on = models.DateField(_("repaired on"), null=True, blank=True)
    repair_number = models.CharField(_("number of the repair decision"), max_length=80, blank=True)
    repair_file = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    repaired_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("dishonesty record")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                name="dishonesty_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "repaired"])
                | (Q(confirmed_by__isnull=False) & Q(confirmed_at__isnull=False)),
                name="dishonesty_in_force_is_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state="repaired")
                | (Q(repaired_on__gte=F("from_on")) & ~Q(repair_number="") & Q(repair_file__isnull=False) & Q(repaired_by__isnull=False)),
                name="dishonesty_repaired_with_document",
            ),
            models.UniqueConstraint(
                fields=["organisation", "document_number"], condition=~Q(state="dropped"), name="dishonesty_once_per_document"
            ),
        ]
        triggers = [
            flow_guard(DISHONESTY_FLOW, "dishonesty"),
            frozen(
                "dishonesty",
                ["organisation_id", "kind", "source", "document_number", "from_on", "words", "credit_check_id", "recorded_by_id", "recorded_at"],
                once="TRUE",
            ),
            frozen("dishonesty_decision", ["confirmed_by_id", "confirmed_at"], once="OLD.state <> 'recorded'"),
            frozen(
                "dishonesty_repair", ["repaired_on", "repair_number", "repair_file_id", "repaired_by_id"], once="OLD.state = 'repaired'"
            ),
        ]

    def __str__(self) -> str:
        return self.document_number
