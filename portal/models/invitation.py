"""Invitations by mail: to act for an organisation, or to take a role of the bureau, a district or finance."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.guards import flow_guard, forgettable, frozen
from portal.models.organisation import MemberRole
from portal.models.people import Role
from portal.states import INVITATION_FLOW, InvitationState

MEMBER = Q(organisation__isnull=False, district__isnull=True, programme__isnull=True, role__in=MemberRole.values)
OFFICIAL = Q(organisation__isnull=True, role__in=Role.values)


class Invitation(models.Model):
    """Somebody is asked, by mail to an address, to act for an organisation or to take a role.

    The link in the mail holds a secret; only its SHA-256 is kept, and only that of the newest
    mail. ``mails_asked`` and ``mails_sent`` count them. ``expires_on`` is the last day to accept,
    ``ends_on`` the last day of what is offered, where it has one. Who accepts a membership holds it;
    who accepts a role is proposed for it, and a second official confirms.
    """

    flow = INVITATION_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        "portal.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=20)
    district = models.ForeignKey("portal.District", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    programme = models.ForeignKey("challenges.Programme", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    expires_on = models.DateField(_("last day to accept"))
    ends_on = models.DateField(_("last day of the membership"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=InvitationState, default=InvitationState.INVITED)
    language = models.CharField(max_length=10, default="zh-hans")
    digest = models.CharField(max_length=64, blank=True)
    mails_asked = models.PositiveSmallIntegerField(default=1)
    mails_sent = models.PositiveSmallIntegerField(default=0)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    membership = models.OneToOneField(
        "portal.Membership", on_delete=models.PROTECT, null=True, related_name="invitation"
    )
    proposal = models.OneToOneField(
        "portal.GrantProposal", on_delete=models.PROTECT, null=True, related_name="invitation"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=MEMBER | OFFICIAL, name="invitation_offers_one_thing"),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="invitation_email_lower_case"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("expires_on")),
                name="invitation_ends_after_it_is_accepted",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted")
                | (Q(answered_by__isnull=False) & (Q(membership__isnull=False) | Q(proposal__isnull=False))),
                name="invitation_accepted_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=Q(state="invited", organisation__isnull=False),
                name="invitation_one_open_per_address",
            ),
            models.UniqueConstraint(
                fields=["email", "role", "district", "programme"],
                condition=Q(state="invited", organisation__isnull=True),
                nulls_distinct=False,
                name="invitation_one_open_per_role",
            ),
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="invitation_secret_once"),
        ]
        indexes = [models.Index(fields=["expires_on"], condition=Q(state="invited"), name="invitation_open")]
        triggers = [
            flow_guard(INVITATION_FLOW, "invitation"),
            forgettable("invitation", once="OLD.state <> 'invited'"),
            frozen(
                "invitation",
                ["organisation_id", "role", "district_id", "programme_id", "ends_on", "reason", "invited_by_id", "invited_at"],
                once="TRUE",
            ),
            frozen(
                "invitation_answer",
                ["digest", "expires_on", "answered_at", "answered_by_id", "membership_id", "proposal_id"],
                once="OLD.state <> 'invited'",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def role_word(self) -> object:
        """The role in words, of an organisation or of the city."""
        return (MemberRole if self.organisation_id else Role)(self.role).label
