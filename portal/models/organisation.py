"""Organisations that post, bid and employ, their districts, and who acts for them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.guards import flow_guard
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


class Organisation(models.Model):
    """A legal person, known by its unified social credit code."""

    flow = ORGANISATION_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    uscc = models.CharField(_("unified social credit code"), max_length=18, unique=True)
    uscc_confirmed = models.BooleanField(
        default=False, help_text=_("The check character does not fit; a person has compared the licence.")
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    district = models.ForeignKey(District, verbose_name=_("district"), on_delete=models.PROTECT, related_name="+")
    legal_representative = models.CharField(_("legal representative"), max_length=60)
    address = models.CharField(_("address"), max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=OrganisationState, default=OrganisationState.REGISTERED)
    verified_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(uscc__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"), name="organisation_uscc_characters"
            ),
        ]
        triggers = [flow_guard(ORGANISATION_FLOW, "organisation")]

    def __str__(self) -> str:
        return self.name


class MemberRole(models.TextChoices):
    """What a person may do for an organisation."""

    ADMINISTRATOR = "administrator", _("organisation administrator")
    EDITOR = "editor", _("editor")
    VIEWER = "viewer", _("viewer")


class Membership(models.Model):
    """A person acts for an organisation from a first to a last day."""

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
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"
