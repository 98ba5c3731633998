"""People, what they may do and until when, and the tokens of their programs."""

from uuid import uuid4

import pgtrigger
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from portal.guards import Days, frozen, guard, or_none, raising


def not_of_an_alias(table: str) -> pgtrigger.Trigger:
    """A trigger that gives no new power to an account that was merged into another, or erased."""
    return guard(
        f"{table}_not_of_an_alias",
        f"""
        IF EXISTS (SELECT 1 FROM portal_user WHERE id = NEW.user_id
            AND (alias_of_id IS NOT NULL OR erased_at IS NOT NULL)) THEN
            {raising(f"{table}_not_of_an_alias", "an account that was merged or erased holds no power")}
        END IF;
        """,
        on=pgtrigger.Insert,
    )


APPOINTED_ONLY_WHILE_NOBODY_GRANTS = f"""
IF NEW.granted_by_id IS NULL AND NEW.role <> 'expert' AND (
    SELECT count(DISTINCT held.user_id) >= 2 AND bool_or(held.role = 'leader') FROM portal_grant held
    JOIN portal_user person ON person.id = held.user_id AND person.is_active
    WHERE held.role IN ('division_head', 'leader') AND held.programme_id IS NULL AND held.ended_at IS NULL
    AND (portal_now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN held.starts_on AND COALESCE(held.ends_on, 'infinity')
) AND NOT EXISTS (
    SELECT 1 FROM portal_grant before JOIN portal_accountmerge merged
    ON (merged.kept_id = NEW.user_id AND merged.alias_id = before.user_id)
    OR (merged.alias_id = NEW.user_id AND merged.kept_id = before.user_id)
    WHERE before.role = NEW.role AND before.granted_by_id IS NULL AND before.ended_at IS NOT NULL
    AND before.district_id IS NOT DISTINCT FROM NEW.district_id AND before.programme_id IS NOT DISTINCT FROM NEW.programme_id
) THEN
    {raising("grant_by_two_once_there_are_two", "two officials propose and confirm powers, so nobody is appointed without them")}
END IF;
IF EXISTS (SELECT 1 FROM portal_user WHERE id = NEW.user_id AND (NOT is_active OR erased_at IS NOT NULL)) THEN
    {raising("grant_to_an_open_account", "an account that is closed is granted nothing")}
END IF;
"""
"""Only the first officials are appointed without two others; what moves with a merge of accounts was theirs before."""


class People(BaseUserManager):
    """Finds a person by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str) -> "User":
        """The person with this address."""
        return self.get(email=username.strip().lower())


class User(AbstractBaseUser):
    """A person who signs in; powers come from memberships and grants, never from a flag here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    phone = models.CharField(_("mobile number"), max_length=20, blank=True)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    is_superuser = models.BooleanField(default=False, editable=False)
    signed_out_at = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    alias_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="aliases", editable=False)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    delegation = None  # the delegation under which this person acts at present, set by portal.acting
    seen_by = None  # who looks at this person's pages for support at present, set by portal.acting
    seen_until = None  # when that look ends by itself

    @property
    def acting_for(self) -> "User | None":
        """The person for whom this one acts at present; powers are then only the delegated ones."""
        return self.delegation.principal if self.delegation else None

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="user_no_superuser"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
            models.UniqueConstraint(
                fields=["phone"], condition=Q(phone_verified_at__isnull=False), name="user_verified_phone_once"
            ),
            models.CheckConstraint(
                condition=Q(phone_verified_at__isnull=True) | Q(phone__regex=r"^\+[1-9][0-9]{5,14}$"),
                name="user_verified_phone_with_country",
            ),
            models.CheckConstraint(
                condition=Q(alias_of__isnull=True) | (Q(is_active=False) & ~Q(alias_of=F("id"))),
                name="user_alias_does_not_sign_in",
            ),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True) | Q(is_active=False), name="user_suspended_does_not_sign_in"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(is_active=False, phone="", password__startswith="!", email__endswith="@erased.invalid"),
                name="user_erased_is_nobody",
            ),
        ]
        triggers = [
            frozen(
                "user_erased", ["name", "email", "phone", "password", "is_active", "erased_at"],
                once="OLD.erased_at IS NOT NULL",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must fit: the password, and the moment of the last forced sign-out."""
        fits = super()._get_session_auth_hash(secret=secret)
        return f"{fits}{self.signed_out_at.timestamp():.6f}" if self.signed_out_at else fits


class Role(models.TextChoices):
    """What a person may be granted beside the memberships of organisations."""

    EXPERT = "expert", _("expert")
    DISTRICT = "district", _("district reviewer")
    OFFICER = "officer", _("officer")
    DIVISION_HEAD = "division_head", _("division head")
    LEADER = "leader", _("bureau leader")
    DRAW_CLERK = "draw_clerk", _("draw clerk")
    DISCIPLINE = "discipline", _("discipline inspection")
    AUDITOR = "auditor", _("auditor")
    PREPARER = "preparer", _("finance preparer")
    APPROVER = "approver", _("finance approver")
    RECONCILER = "reconciler", _("finance reconciler")
    SUPPORT = "support", _("support")


class Grant(models.Model):
    """A role of one person from a first to a last day, in one programme or in all of them.

    A district reviewer's names the district; several districts are several grants. ``ended_at`` is
    the moment at which two officials ended it before its time.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    district = models.ForeignKey("portal.District", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    programme = models.ForeignKey("challenges.Programme", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role="district", district__isnull=False) | (~Q(role="district") & Q(district__isnull=True)),
                name="grant_district_names_its_district",
            ),
            models.CheckConstraint(
                condition=Q(programme__isnull=True) | ~Q(role__in=["expert", "support"]),
                name="grant_of_every_programme_for_experts_and_support",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="grant_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(user=F("granted_by")) & ~Q(user=F("confirmed_by")) & ~Q(granted_by=F("confirmed_by")),
                name="grant_by_two_others",
            ),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True, confirmed_by__isnull=True)
                | Q(granted_by__isnull=False, confirmed_by__isnull=False),
                name="grant_by_two_or_appointed",
            ),
            ExclusionConstraint(
                name="grant_once_at_a_time",
                expressions=[
                    ("user", "="),
                    ("role", "="),
                    (or_none("district"), "="),
                    (or_none("programme"), "="),
                    (Days("starts_on", "ends_on"), "&&"),
                ],
                condition=Q(ended_at__isnull=True),
            ),
        ]
        triggers = [
            frozen(
                "grant",
                ["user_id", "role", "district_id", "programme_id", "starts_on", "granted_by_id", "confirmed_by_id"],
                once="true",
            ),
            frozen("grant_end", ["ends_on", "ended_at"], once="OLD.ended_at IS NOT NULL"),
            not_of_an_alias("grant"),
            guard("grant_by_two_once_there_are_two", APPOINTED_ONLY_WHILE_NOBODY_GRANTS, on=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class ApiToken(models.Model):
    """A secret with which a person's program signs in; only its SHA-256 is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="token_expires_after_creation")
        ]

    def __str__(self) -> str:
        return self.name
