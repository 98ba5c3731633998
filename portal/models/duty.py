"""Duties taken on a case, and the organisations whose case it is: what the table of duties is held against."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models

from portal.duties import APART, COUNTED, Duty, Scope, rivals
from portal.guards import guard, raising
from portal.models.organisation_merge import and_who_took_it_in

TODAY = "(portal_now() AT TIME ZONE 'Asia/Shanghai')::date"
RIVALS = ", ".join(
    f"('{pair.one.value}', '{pair.other.value}', '{pair.scope.value}', {place})" for place, pair in enumerate(APART)
)
COUNTED_ROWS = ", ".join(f"('{duty.value}', '{scope.value}')" for duty, scope in COUNTED.items())
NEVER_OF_A_PARTY = ", ".join(
    f"('{duty}', '{scope}')" for duty, scope, _pair in rivals(Duty.ACTS_FOR_A_PARTY)
)

DUTIES_APART = f"""
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.scope || NEW.place::text, 0));
    people := ARRAY[NEW.user_id];
    IF to_regclass('public.portal_accountmerge') IS NOT NULL THEN
        SELECT array_agg(DISTINCT a.id) INTO people FROM (
            SELECT NEW.user_id AS id
            UNION SELECT m.kept_id FROM portal_accountmerge m WHERE m.alias_id = NEW.user_id AND m.state = 'merged'
            UNION SELECT m.alias_id FROM portal_accountmerge m WHERE m.state = 'merged' AND m.kept_id IN (
                SELECT NEW.user_id
                UNION SELECT k.kept_id FROM portal_accountmerge k WHERE k.alias_id = NEW.user_id AND k.state = 'merged')
        ) a;
    END IF;
    SELECT r.one, r.other INTO first, second FROM (VALUES {RIVALS}) AS r(one, other, scope, place)
        JOIN portal_dutytaken t ON t.duty IN (r.one, r.other) AND t.duty <> NEW.duty
        WHERE NEW.duty IN (r.one, r.other) AND r.scope = NEW.scope
        AND t.scope = NEW.scope AND t.place = NEW.place AND t.user_id = ANY(people)
        ORDER BY r.place LIMIT 1;
    IF first IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'duty_' || first || '_apart_from_' || second,
            MESSAGE = 'one person does not take both duties here';
    END IF;
    IF (NEW.duty, NEW.scope) IN (VALUES {COUNTED_ROWS}) AND EXISTS (
        SELECT 1 FROM portal_dutytaken t WHERE t.duty = NEW.duty AND t.scope = NEW.scope AND t.place = NEW.place
        AND t.user_id = ANY(people)) THEN
        {raising("duty_taken_once_per_person", "several people are asked for, not one person several times")}
    END IF;
    IF (NEW.duty, NEW.scope) IN (VALUES {NEVER_OF_A_PARTY}) AND EXISTS (
        SELECT 1 FROM portal_caseparty y JOIN portal_membership m ON m.organisation_id IN {and_who_took_it_in("y.organisation_id")}
        WHERE y.scope = NEW.scope AND y.place = NEW.place AND m.user_id = ANY(people)
        AND m.starts_on <= {TODAY} AND (m.ends_on IS NULL OR m.ends_on >= {TODAY})) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', CONSTRAINT = 'duty_acts_for_a_party_apart_from_' || NEW.duty,
            MESSAGE = 'who acts for a party holds no office on its case';
    END IF;
"""


class DutyTaken(models.Model):
    """A duty that a person took at a place: once, and never taken back. Append-only.

    The database refuses the row that would let two duties meet which the table keeps apart, whichever
    of the accounts of one person they were taken with; two rows at once wait for each other.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    duty = models.CharField(max_length=40, choices=Duty)
    scope = models.CharField(max_length=20, choices=Scope)
    place = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="duties")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "scope", "duty", "user"], name="duty_taken_once"),
            models.CheckConstraint(condition=models.Q(duty__in=Duty.values), name="duty_of_the_table"),
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="duty_at_a_known_place"),
        ]
        triggers = [
            guard(
                "duties_apart",
                DUTIES_APART,
                on=pgtrigger.Insert,
                declare=[("people", "UUID[]"), ("first", "TEXT"), ("second", "TEXT")],
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_duty_display()}"


class CaseParty(models.Model):
    """An organisation whose case, or whose account, a place is: its people hold no office there. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.CharField(max_length=20, choices=Scope)
    place = models.UUIDField()
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "scope", "organisation"], name="case_party_once")]

    def __str__(self) -> str:
        return str(self.organisation)
