"""Who is tied to whom: shares, control, offices, kin, employment, branches, each with source and days."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.guards import frozen, guard, raising


class Outsider(models.Model):
    """A person or firm that affiliations hang on without being an organisation of the portal.

    Two people of one name are two rows; ``hint`` tells them apart. ``user`` is the account of a
    person who has one, and that is how an expert's ties are found.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    is_person = models.BooleanField()
    name = models.CharField(_("name"), max_length=120)
    hint = models.CharField(_("what tells this one apart"), max_length=120, blank=True)
    uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="outsider")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=True) | Q(is_person=True), name="outsider_account_is_a_persons"),
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="outsider_once_per_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Tie(models.TextChoices):
    """How one side is tied to the other."""

    SHARE = "share", _("holds shares of")
    CONTROL = "control", _("controls")
    COMMON_CONTROLLER = "common_controller", _("is under the same controller as")
    OFFICER = "officer", _("holds an office of")
    KIN = "kin", _("is kin of")
    EMPLOYMENT = "employment", _("is or was employed by")
    BRANCH = "branch", _("has as its branch")


class Post(models.TextChoices):
    """The offices of an organisation that make an affiliation."""

    LEGAL_REPRESENTATIVE = "legal_representative", _("legal representative")
    DIRECTOR = "director", _("director")
    SUPERVISOR = "supervisor", _("supervisor")
    SENIOR_MANAGER = "senior_manager", _("senior manager")


class Source(models.TextChoices):
    """Where a fact about ties comes from."""

    DECLARED = "declared", _("declared")
    REGISTER = "register", _("public register")
    DOCUMENT = "document", _("document")
    HUMAN = "human", _("told by a person")


def one_of(*names: str) -> Q:
    """Exactly one of two columns is filled."""
    first, second = names
    return Q(**{f"{first}__isnull": False, f"{second}__isnull": True}) | Q(**{f"{first}__isnull": True, f"{second}__isnull": False})


CORRECTS = (
    "IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM portal_{table} c"
    " WHERE c.id = NEW.corrects_id AND c.withdrawn_at IS NOT NULL{same}) THEN "
    + raising("{table}_corrects_a_withdrawn_one", "a row corrects one that is withdrawn")
    + " END IF;"
)


UNASKED = """NEW.source = 'declared' AND EXISTS (SELECT 1 FROM portal_outsider o
                WHERE o.id IN (NEW.holder_outsider_id, NEW.outsider_id) AND o.user_id <> NEW.entered_by_id
                AND NOT EXISTS (SELECT 1 FROM portal_tiequestion q WHERE q.affiliation_id = NEW.id AND q.person_id = o.user_id))"""
"""SQL: somebody with an account is named in a declaration of others and was not asked."""


class Affiliation(models.Model):
    """One tie (关联关系) from a holder to a target, from a day to a day.

    It reads from left to right: holder, tie, target. A wrong one is withdrawn, never edited;
    only its last day may be set, once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Tie)
    holder_organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, null=True, related_name="holds")
    holder_outsider = models.ForeignKey(Outsider, on_delete=models.PROTECT, null=True, related_name="holds")
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, null=True, related_name="held")
    outsider = models.ForeignKey(Outsider, on_delete=models.PROTECT, null=True, related_name="held")
    percent = models.DecimalField(_("share"), max_digits=5, decimal_places=2, null=True, blank=True)
    post = models.CharField(_("office"), max_length=20, choices=Post, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    source_on = models.DateField(_("day of the source"))
    source_note = models.CharField(_("which source"), max_length=200, blank=True)
    document = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of("holder_organisation", "holder_outsider"), name="affiliation_has_one_holder"),
            models.CheckConstraint(condition=one_of("organisation", "outsider"), name="affiliation_has_one_target"),
            models.CheckConstraint(
                condition=(Q(holder_organisation__isnull=True) | Q(organisation__isnull=True) | ~Q(holder_organisation=F("organisation")))
                & (Q(holder_outsider__isnull=True) | Q(outsider__isnull=True) | ~Q(holder_outsider=F("outsider"))),
                name="affiliation_between_two",
            ),
            models.CheckConstraint(
                condition=Q(kind="share", percent__gt=0, percent__lte=100) | (~Q(kind="share") & Q(percent__isnull=True)),
                name="affiliation_share_has_its_percent",
            ),
            models.CheckConstraint(
                condition=(Q(kind="officer") & ~Q(post="")) | (~Q(kind="officer") & Q(post="")), name="affiliation_office_is_named"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="affiliation_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(source="document") | Q(document__isnull=False), name="affiliation_document_is_there"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="affiliation_withdrawn_by_somebody",
            ),
        ]
        triggers = [
            frozen(
                "affiliation",
                [
                    "kind", "holder_organisation_id", "holder_outsider_id", "organisation_id", "outsider_id", "percent", "post",
                    "from_on", "source", "source_on", "source_note", "document_id", "corrects_id", "entered_by_id", "entered_at",
                ],
                once="TRUE",
            ),
            frozen("affiliation_end", ["until_on"], once="OLD.until_on IS NOT NULL"),
            frozen("affiliation_withdrawal", ["withdrawn_by_id", "withdrawn_at"], once="OLD.withdrawn_at IS NOT NULL"),
            guard("affiliation_corrects_a_withdrawn_one", CORRECTS.format(table="affiliation", same=""), on=pgtrigger.Insert),
            guard(
                "affiliation_person_is_asked",
                f"IF {UNASKED} THEN "
                + raising("affiliation_person_is_asked", "a person with an account is asked about what others declare of them")
                + " END IF;",
                on=pgtrigger.Insert,
                deferred=True,
            ),
            guard(
                "affiliation_confirmed_stays",
                "IF NEW.withdrawn_by_id = OLD.entered_by_id AND EXISTS (SELECT 1 FROM portal_tiequestion q"
                " WHERE q.affiliation_id = NEW.id AND q.state = 'confirmed') THEN "
                + raising("affiliation_confirmed_stays", "who declared an affiliation does not withdraw it once it is confirmed")
                + " END IF;",
                on=pgtrigger.UpdateOf("withdrawn_by_id"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.get_kind_display()


class Employment(models.Model):
    """A person worked for an employer from a day to a day; experts declare theirs every year.

    A wrong one is withdrawn, and the row that says it rightly names it under ``corrects``.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="employments")
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    employer = models.CharField(_("employer"), max_length=120, blank=True)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    source_on = models.DateField(_("day of the source"), null=True)
    source_note = models.CharField(_("which source"), max_length=200, blank=True)
    document = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(source="document") | Q(document__isnull=False), name="employment_document_is_there"),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="employment_withdrawn_by_somebody",
            ),
            models.CheckConstraint(condition=Q(organisation__isnull=False) | ~Q(employer=""), name="employment_names_the_employer"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="employment_ends_after_it_begins"
            ),
        ]
        triggers = [
            frozen(
                "employment",
                [
                    "user_id", "organisation_id", "employer", "from_on", "source", "source_on", "source_note", "document_id",
                    "corrects_id", "entered_by_id", "entered_at",
                ],
                once="TRUE",
            ),
            frozen("employment_end", ["until_on"], once="OLD.until_on IS NOT NULL"),
            frozen("employment_withdrawal", ["withdrawn_by_id", "withdrawn_at"], once="OLD.withdrawn_at IS NOT NULL"),
            guard(
                "employment_corrects_a_withdrawn_one",
                CORRECTS.format(table="employment", same=" AND c.user_id = NEW.user_id"),
                on=pgtrigger.Insert,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.employer or str(self.organisation)


class EmploymentDeclaration(models.Model):
    """A person declares for a year that the employments entered are all there are."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="employment_declarations")
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "year"], name="employment_declared_once_a_year")]

    def __str__(self) -> str:
        return str(self.year)
