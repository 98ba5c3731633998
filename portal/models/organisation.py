"""Organisations that post, bid and employ, their districts, and who acts for them."""

from datetime import timedelta
from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.guards import flow_guard, frozen, guard, raising
from portal.models.organisation_facts import name_key
from portal.models.people import not_of_an_alias
from portal.profile_items import VERIFIED, column_of
from portal.states import ORGANISATION_FLOW, OrganisationState


class District(models.Model):
    """A county or district whose science department vouches for the needs of its enterprises."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    ENTERPRISE = "enterprise", _("enterprise")
    UNIVERSITY = "university", _("university")
    INSTITUTE = "institute", _("research institute")
    LABORATORY = "laboratory", _("laboratory")
    INVESTOR = "investor", _("investor")


def kept_until_confirmed(code: str) -> str:
    """The condition under which a verified item was changed to something other than what the bureau last confirmed."""
    column = column_of(code)
    return f"""
        IF NEW.{column} IS DISTINCT FROM OLD.{column} AND COALESCE(NEW.{column}::text, '') IS DISTINCT FROM (
            SELECT c.new FROM portal_organisationchange c WHERE c.organisation_id = NEW.id AND c.item = '{code}'
            AND c.state = 'confirmed' ORDER BY c.decided_at DESC LIMIT 1) THEN
            {raising("organisation_changes_by_consent", "a verified item changes when the bureau has confirmed the change")}
        END IF;
    """


class Organisation(models.Model):
    """A legal person, or a branch of one, known by its unified social credit code.

    The columns hold the present values of the entry; who stated or verified them, and what stood
    there before, is told by its facts. Once verified they change only with the bureau's consent.
    """

    flow = ORGANISATION_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    uscc_confirmed = models.BooleanField(
        default=False, help_text=_("The check character does not fit; a person has compared the licence.")
    )
    name = models.CharField(_("name"), max_length=120)
    name_key = name_key()
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    district = models.ForeignKey(District, verbose_name=_("district"), on_delete=models.PROTECT, related_name="+")
    legal_representative = models.CharField(_("legal representative"), max_length=60)
    address = models.CharField(_("address"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("head office"), on_delete=models.PROTECT, null=True, blank=True, related_name="branches"
    )
    state = models.CharField(max_length=20, choices=OrganisationState, default=OrganisationState.REGISTERED)
    verified_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="organisation_uscc_characters"
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="organisation_no_branch_of_itself"
            ),
        ]
        indexes = [
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="organisation_by_likeness"),
            models.Index(fields=["district", "state"], name="organisation_of_district"),
        ]
        triggers = [
            flow_guard(ORGANISATION_FLOW, "organisation"),
            guard(
                "organisation_changes_by_consent",
                "IF OLD.state = 'verified' THEN"
                + "".join(kept_until_confirmed(code) for code in VERIFIED)
                + "END IF;",
                on=pgtrigger.Update,
            ),
            guard(
                "organisation_branch_has_one_head",
                f"""
                IF NEW.parent_id IS NOT NULL THEN
                    PERFORM 1 FROM portal_organisation WHERE id IN (NEW.id, NEW.parent_id) ORDER BY id FOR NO KEY UPDATE;
                    IF EXISTS (SELECT 1 FROM portal_organisation WHERE id = NEW.parent_id AND parent_id IS NOT NULL)
                        OR EXISTS (SELECT 1 FROM portal_organisation WHERE parent_id = NEW.id) THEN
                        {raising("organisation_branch_has_one_head", "a head office is no branch, and a branch has none")}
                    END IF;
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MemberRole(models.TextChoices):
    """What a person may do for an organisation."""

    ADMINISTRATOR = "administrator", _("organisation administrator")
    EDITOR = "editor", _("editor")
    VIEWER = "viewer", _("viewer")


TODAY = "(portal_now() AT TIME ZONE 'Asia/Shanghai')::date"
DAY_BEFORE = ExpressionWrapper(F("starts_on") - timedelta(days=1), output_field=models.DateField())

KEEPS_AN_ADMINISTRATOR = guard(
    "membership_keeps_an_administrator",
    f"""
    IF OLD.role = 'administrator' AND OLD.ends_on IS NULL AND NEW.ends_on IS NOT NULL THEN
        PERFORM 1 FROM portal_organisation WHERE id = OLD.organisation_id FOR UPDATE;
        IF NOT EXISTS (
            SELECT 1 FROM portal_membership m JOIN portal_user u ON u.id = m.user_id
            WHERE m.organisation_id = OLD.organisation_id AND m.role = 'administrator'
            AND m.ends_on IS NULL AND m.starts_on <= {TODAY} AND u.is_active
        ) THEN
            {raising("membership_keeps_an_administrator", "an organisation keeps an administrator without a last day")}
        END IF;
    END IF;
    """,
    on=pgtrigger.UpdateOf("ends_on"),
    deferred=True,
)
NO_OVERLAP = guard(
    "membership_no_overlap",
    f"""
    PERFORM 1 FROM portal_organisation WHERE id = NEW.organisation_id FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM portal_membership m
        WHERE m.user_id = NEW.user_id AND m.organisation_id = NEW.organisation_id AND m.id <> NEW.id
        AND (m.ends_on IS NULL OR (m.ends_on >= m.starts_on AND m.ends_on >= NEW.starts_on))
        AND (NEW.ends_on IS NULL OR (NEW.ends_on >= NEW.starts_on AND NEW.ends_on >= m.starts_on))
    ) THEN
        {raising("membership_no_overlap", "a person has one role in an organisation at a time")}
    END IF;
    """,
    on=pgtrigger.Insert | pgtrigger.UpdateOf("ends_on"),
)


class Membership(models.Model):
    """A person acts for an organisation from a first to a last day; another role is another row.

    One that is over on the day it began ends on the day before.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=MemberRole)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(ends_on__isnull=True), name="membership_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=DAY_BEFORE), name="membership_ends_after_it_begins"
            ),
        ]
        triggers = [
            frozen("membership", ["user_id", "organisation_id", "role", "starts_on"], once="TRUE"),
            frozen("membership_over", ["ends_on"], once=f"OLD.ends_on < {TODAY}"),
            KEEPS_AN_ADMINISTRATOR,
            NO_OVERLAP,
            not_of_an_alias("membership"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"
