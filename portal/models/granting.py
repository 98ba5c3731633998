"""Proposals to grant a role or to end one: one official proposes, another confirms."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.guards import Days, flow_guard, frozen, guard, or_none, raising
from portal.models.people import Role, not_of_an_alias
from portal.states import PROPOSAL_FLOW, ProposalState


class ProposalKind(models.TextChoices):
    """What is proposed."""

    GRANT = "grant", _("Grant")
    END = "end", _("End")


SAME_ROLE = """
    SELECT 1 FROM portal_grant WHERE id = NEW.grant_id AND user_id = NEW.user_id AND role = NEW.role
    AND district_id IS NOT DISTINCT FROM NEW.district_id AND programme_id IS NOT DISTINCT FROM NEW.programme_id
"""

DOES_WHAT_IT_SAYS = f"""
IF NEW.kind = 'end' AND NOT EXISTS ({SAME_ROLE}) THEN
    {raising("proposal_ends_that_grant", "a proposal to end names the grant of this person and role")}
END IF;
IF NEW.state = 'confirmed' AND NEW.kind = 'grant' AND NOT EXISTS (
    {SAME_ROLE} AND ends_on IS NOT DISTINCT FROM NEW.ends_on
    AND granted_by_id = NEW.proposed_by_id AND confirmed_by_id = NEW.decided_by_id
) THEN
    {raising("proposal_makes_its_grant", "a confirmed proposal made the grant that it proposed, by the same two officials")}
END IF;
IF NEW.state = 'confirmed' AND NEW.kind = 'end' AND NOT EXISTS (
    {SAME_ROLE} AND (ended_at IS NOT NULL OR ends_on <= NEW.ends_on)
) THEN
    {raising("proposal_ends_its_grant", "a confirmed proposal to end has ended the grant")}
END IF;
"""
"""Looked at when a proposal is written and when it is confirmed."""


class GrantProposal(models.Model):
    """What one official proposes about another person's role; a second official confirms it.

    ``grant`` is the grant to end, or the one that the confirmation made. ``ends_on`` of a proposal to
    end is the last day that is left; without one it ends at the moment of the confirmation.
    """

    flow = PROPOSAL_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=ProposalKind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grant_proposals")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    district = models.ForeignKey("portal.District", on_delete=models.PROTECT, null=True, related_name="+")
    programme = models.ForeignKey("challenges.Programme", on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True)
    grant = models.ForeignKey("portal.Grant", on_delete=models.PROTECT, null=True, related_name="proposals")
    reason = models.CharField(_("reason"), max_length=400)
    document = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, choices=ProposalState, default=ProposalState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="proposal_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(user=F("proposed_by")) & (~Q(user=F("decided_by")) | Q(state="withdrawn")),
                name="proposal_not_for_oneself",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="proposal_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True) | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="proposal_decided_at_a_moment",
            ),
            models.CheckConstraint(condition=Q(grant__isnull=False) | ~Q(kind="end"), name="proposal_end_names_a_grant"),
            models.CheckConstraint(
                condition=Q(grant__isnull=False) | ~Q(state="confirmed"), name="proposal_confirmed_names_a_grant"
            ),
            models.CheckConstraint(
                condition=Q(role="district", district__isnull=False) | (~Q(role="district") & Q(district__isnull=True)),
                name="proposal_district_names_its_district",
            ),
            models.CheckConstraint(
                condition=Q(programme__isnull=True) | ~Q(role__in=["expert", "support"]),
                name="proposal_of_every_programme_for_experts_and_support",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_has_a_reason"),
            ExclusionConstraint(
                name="proposal_once_at_a_time",
                expressions=[
                    ("user", "="),
                    ("role", "="),
                    (or_none("district"), "="),
                    (or_none("programme"), "="),
                    (Days("starts_on", "ends_on"), "&&"),
                ],
                condition=Q(kind="grant", state="proposed"),
            ),
            models.UniqueConstraint(
                fields=["grant"], condition=Q(kind="end", state="proposed"), name="proposal_one_end_at_a_time"
            ),
        ]
        triggers = [
            flow_guard(PROPOSAL_FLOW, "grantproposal"),
            guard("grantproposal_does_what_it_says", DOES_WHAT_IT_SAYS, on=pgtrigger.Insert | pgtrigger.Update),
            not_of_an_alias("grantproposal"),
            frozen(
                "grantproposal",
                ["kind", "user_id", "role", "district_id", "programme_id", "starts_on", "ends_on", "reason",
                 "document_id", "proposed_by_id", "proposed_at"],
                once="true",
            ),
            frozen("grantproposal_decision", ["decided_by_id", "decided_at", "grant_id"], once="OLD.state <> 'proposed'"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
