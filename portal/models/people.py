"""People, what they may do and until when, and the tokens of their programs."""

from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _


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
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    is_superuser = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(is_superuser=False), name="user_no_superuser"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name


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


class Grant(models.Model):
    """A role of one person from a first to a last day; a district reviewer's names the district."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    district = models.ForeignKey("portal.District", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(role="district", district__isnull=False) | (~Q(role="district") & Q(district__isnull=True)),
                name="grant_district_names_its_district",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="grant_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "district"],
                condition=Q(ends_on__isnull=True),
                nulls_distinct=False,
                name="grant_one_open_per_role",
            ),
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
