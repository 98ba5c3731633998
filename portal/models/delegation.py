"""Delegations: one of a person's powers, lent to somebody else for some days."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.guards import Days, flow_guard, frozen, guard, or_none, raising
from portal.states import DELEGATION_FLOW, DelegationState

OWN_POWER = f"""
    IF (NEW.grant_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM portal_grant WHERE id = NEW.grant_id AND user_id = NEW.principal_id))
        OR (NEW.membership_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM portal_membership WHERE id = NEW.membership_id AND user_id = NEW.principal_id)) THEN
        {raising("delegation_of_ones_own_power", "a person delegates powers of their own only")}
    END IF;
"""


class Delegation(models.Model):
    """A grant or a membership of ``principal`` that ``delegate`` uses on some days (代办)."""

    flow = DELEGATION_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    principal = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations_held")
    grant = models.ForeignKey("portal.Grant", on_delete=models.PROTECT, null=True, related_name="delegations")
    membership = models.ForeignKey("portal.Membership", on_delete=models.PROTECT, null=True, related_name="delegations")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=400)
    state = models.CharField(max_length=20, choices=DelegationState, default=DelegationState.OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(principal=F("delegate")), name="delegation_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(grant__isnull=False, membership__isnull=True) | Q(grant__isnull=True, membership__isnull=False),
                name="delegation_of_one_power",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="delegation_ends_after_it_begins"),
            ExclusionConstraint(
                name="delegation_once_at_a_time",
                expressions=[(or_none("grant"), "="), (or_none("membership"), "="), (Days("starts_on", "ends_on"), "&&")],
                condition=Q(state__in=["offered", "accepted"]),
            ),
        ]
        triggers = [
            flow_guard(DELEGATION_FLOW, "delegation"),
            guard("delegation_of_ones_own_power", OWN_POWER, on=pgtrigger.Insert | pgtrigger.Update),
            frozen(
                "delegation",
                ["principal_id", "delegate_id", "grant_id", "membership_id", "starts_on", "ends_on", "reason", "offered_at"],
                once="true",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal} → {self.delegate}"

    @property
    def power(self) -> str:
        """What is delegated, in a few words."""
        if self.grant is not None:
            return " · ".join(str(part) for part in (self.grant.get_role_display(), self.grant.district, self.grant.programme) if part)
        return f"{self.membership.organisation} · {self.membership.get_role_display()}"
