"""Delegations: one of a person's powers, lent to somebody else for some days."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.delegable import TAKEN_OVER_BY
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

TODAY = "(portal_now() AT TIME ZONE 'Asia/Shanghai')::date"
PAIRS = ", ".join(f"('{role}', '{taker}')" for role, takers in TAKEN_OVER_BY.items() for taker in takers)
ROLES = ", ".join(f"'{role}'" for role in TAKEN_OVER_BY)

TO_ONE_WHO_MAY = f"""
    IF NEW.grant_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM portal_grant WHERE id = NEW.grant_id AND role IN ({ROLES})) THEN
        {raising("delegation_of_what_may_be", "this role is not delegated")}
    END IF;
    IF NEW.grant_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM portal_grant own, portal_grant theirs
            WHERE own.id = NEW.grant_id AND theirs.user_id = NEW.delegate_id AND theirs.ended_at IS NULL
            AND theirs.starts_on <= {TODAY} AND (theirs.ends_on IS NULL OR theirs.ends_on >= {TODAY})
            AND (own.role, theirs.role) IN (VALUES {PAIRS})) THEN
        {raising("delegation_to_one_who_may", "a role is delegated to an official of the same side")}
    END IF;
    IF NEW.membership_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM portal_membership own JOIN portal_membership theirs USING (organisation_id)
            WHERE own.id = NEW.membership_id AND theirs.user_id = NEW.delegate_id
            AND theirs.starts_on <= {TODAY} AND (theirs.ends_on IS NULL OR theirs.ends_on >= {TODAY})) THEN
        {raising("delegation_to_one_who_may", "a membership is delegated to another member")}
    END IF;
"""

ACCEPTED_IN_TIME = f"""
    IF NEW.state = 'accepted' AND OLD.state <> 'accepted' AND NEW.ends_on < {TODAY} THEN
        {raising("delegation_accepted_in_time", "a delegation whose days are over is not accepted")}
    END IF;
"""


class Delegation(models.Model):
    """A grant or a membership of ``principal`` that ``delegate`` uses on some days (代办).

    What may be delegated and to whom stands in ``portal/delegable.py``.
    """

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
            guard("delegation_to_one_who_may", TO_ONE_WHO_MAY, on=pgtrigger.Insert),
            guard("delegation_accepted_in_time", ACCEPTED_IN_TIME, on=pgtrigger.Update),
            frozen("delegation_end", ["ended_at", "ended_by_id"], once="OLD.state IN ('ended', 'declined')"),
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
