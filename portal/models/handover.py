"""Who looks after a piece of an organisation's work now, and a new administrator where the only one is gone."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.guards import flow_guard, forgettable, frozen
from portal.states import REPLACEMENT_FLOW, ReplacementState


class Handover(models.Model):
    """A piece of open work passed from one colleague to another; the newest says who looks after it.

    The work itself (a need, a bid, a project) keeps who began it. Append-only.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="handovers")
    work_type = models.CharField(max_length=40)
    work_id = models.UUIDField()
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(giver=F("taker")), name="handover_to_somebody_else")]
        indexes = [models.Index(fields=["organisation", "work_type", "work_id", "-handed_at"], name="handover_newest")]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class Replacement(models.Model):
    """A new administrator for an organisation whose administrators are gone, on its stamped letter.

    One officer proposes, another confirms; then the new one is invited, and the old ones' memberships
    end when the invitation is accepted.
    """

    flow = REPLACEMENT_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="replacements")
    email = models.EmailField(_("e-mail of the new administrator"))
    letter = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ReplacementState, default=ReplacementState.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    invitation = models.OneToOneField(
        "portal.Invitation", on_delete=models.PROTECT, null=True, related_name="replacement"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="replacement_email_lower_case"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="replacement_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(decided_by__isnull=False, invitation__isnull=False),
                name="replacement_confirmed_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="proposed"), name="replacement_one_open"
            ),
        ]
        triggers = [
            flow_guard(REPLACEMENT_FLOW, "replacement"),
            forgettable("replacement", once="OLD.state <> 'proposed'"),
            frozen("replacement", ["organisation_id", "letter_id", "proposed_at", "proposed_by_id"], once="TRUE"),
            frozen("replacement_decision", ["decided_at", "decided_by_id", "invitation_id"], once="OLD.state <> 'proposed'"),
        ]

    def __str__(self) -> str:
        return str(self.id)
