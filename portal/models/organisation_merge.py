"""Organisations that became one: an alias with days, proposed by one officer and confirmed by another."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.guards import flow_guard, frozen, guard, raising
from portal.states import ORGANISATION_MERGE_FLOW, OrganisationMergeState

TODAY = "(portal_now() AT TIME ZONE 'Asia/Shanghai')::date"


def not_absorbed(column: str, constraint: str) -> str:
    """The PL/pgSQL that refuses a new row of an organisation which counts as another today."""
    return f"""
        IF EXISTS (SELECT 1 FROM portal_organisationmerge m WHERE m.absorbed_id = NEW.{column}
            AND m.state IN ('confirmed', 'ended') AND m.from_on <= {TODAY}
            AND (m.until_on IS NULL OR m.until_on > {TODAY})) THEN
            {raising(constraint, "who was merged into another begins nothing new")}
        END IF;
    """


def and_who_took_it_in(column: str) -> str:
    """SQL: the organisation in a column, and the one that counts it as its own today; whose members act for it."""
    return f"""(SELECT {column} UNION SELECT taker.into_id FROM portal_organisationmerge taker
        WHERE taker.absorbed_id = {column} AND taker.state IN ('confirmed', 'ended') AND taker.from_on <= {TODAY}
        AND (taker.until_on IS NULL OR taker.until_on > {TODAY}))"""


class OrganisationMerge(models.Model):
    """From ``from_on`` on, ``absorbed`` counts as ``into``; taken back, it does so until the day before ``until_on``.

    No row of either is rewritten: what was posted, sealed or signed keeps its organisation. Who
    counts as one organisation on a day is asked with ``portal_whole_of(organisation, day)``.
    """

    flow = ORGANISATION_MERGE_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    absorbed = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="merges_away")
    into = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="merges_in")
    state = models.CharField(max_length=10, choices=OrganisationMergeState, default=OrganisationMergeState.PROPOSED)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("no longer from"), null=True, blank=True)
    document_number = models.CharField(_("document number"), max_length=80)
    file = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(absorbed=F("into")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")), name="merge_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="merge_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", until_on__isnull=False, ended_at__isnull=False, ended_by__isnull=False)
                | (~Q(state="ended") & Q(until_on__isnull=True, ended_at__isnull=True, ended_by__isnull=True)),
                name="merge_taken_back_with_day_and_person",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="merge_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(state__in=["proposed", "confirmed"]), name="merge_one_live_per_absorbed"
            ),
        ]
        triggers = [
            flow_guard(ORGANISATION_MERGE_FLOW, "organisationmerge"),
            frozen(
                "merge",
                ["absorbed_id", "into_id", "from_on", "document_number", "file_id", "proposed_by_id", "proposed_at"],
                once="TRUE",
            ),
            frozen("merge_decided", ["decided_by_id", "decided_at"], once="OLD.state <> 'proposed'"),
            frozen("merge_ended", ["until_on", "ended_by_id", "ended_at"], once="OLD.state = 'ended'"),
            guard(
                "merge_no_chain",
                f"""
                IF NEW.state IN ('proposed', 'confirmed') THEN
                    PERFORM 1 FROM portal_organisation WHERE id IN (NEW.absorbed_id, NEW.into_id)
                        ORDER BY id FOR NO KEY UPDATE;
                    IF EXISTS (SELECT 1 FROM portal_organisationmerge m WHERE m.id <> NEW.id
                        AND m.state IN ('proposed', 'confirmed')
                        AND (m.absorbed_id = NEW.into_id OR m.into_id = NEW.absorbed_id)) THEN
                        {raising("merge_no_chain", "what is merged away takes nobody in, and who takes in is not merged away")}
                    END IF;
                    IF EXISTS (SELECT 1 FROM portal_organisationmerge m WHERE m.id <> NEW.id
                        AND m.absorbed_id = NEW.absorbed_id AND m.state = 'ended' AND m.until_on > NEW.from_on) THEN
                        {raising("merge_one_at_a_time", "the merge before this one has not ended by then")}
                    END IF;
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.into}"
