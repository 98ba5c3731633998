"""Whether a person says of themselves what an organisation declared of them; until then it counts against nobody."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.guards import flow_guard, frozen, guard, raising
from portal.models.affiliation import Source
from portal.states import TIE_QUESTION_FLOW, TieQuestionState

COUNTS = "NOT EXISTS (SELECT 1 FROM portal_tiequestion q WHERE q.affiliation_id = {row}.id AND q.state <> 'confirmed')"
"""SQL: everybody with an account whom an organisation named in this affiliation, or an official with a source, says it is so."""
MIGHT_COUNT = "NOT EXISTS (SELECT 1 FROM portal_tiequestion q WHERE q.affiliation_id = {row}.id AND q.state = 'refuted')"
"""SQL: the affiliation counts, or would if what is still open were confirmed."""


class TieQuestion(models.Model):
    """A person with an account is asked whether a tie that an organisation declared of them is so.

    Yes makes the tie count. A no goes to the bureau, which decides; it may also decide before the
    person answers, with a public register or a document. ``named`` and ``hint`` are what the
    organisation wrote, and all it ever reads of the person. What it takes back or ends after the
    tie was confirmed stands here; the tie itself changes only by the bureau.
    """

    flow = TIE_QUESTION_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    affiliation = models.ForeignKey("portal.Affiliation", on_delete=models.PROTECT, related_name="questions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tie_questions")
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="+")
    named = models.CharField(_("name as declared"), max_length=120)
    hint = models.CharField(_("what tells this one apart"), max_length=120, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=TieQuestionState, default=TieQuestionState.ASKED)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("the person's words"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, blank=True)
    source_on = models.DateField(_("day of the source"), null=True, blank=True)
    source_note = models.CharField(_("which source"), max_length=200, blank=True)
    document = models.ForeignKey("portal.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    retracted_at = models.DateTimeField(null=True, blank=True)
    said_until_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("declared affiliation of a person")
        constraints = [
            models.UniqueConstraint(fields=["affiliation", "person"], name="tie_question_once"),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True, reason="")
                | (Q(settled_by__isnull=False, settled_at__isnull=False) & ~Q(reason="")),
                name="tie_question_settled_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(answered_at__isnull=True, settled_at__isnull=True), name="tie_question_asked_is_open"
            ),
            models.CheckConstraint(
                condition=~Q(state="denied") | (Q(answered_at__isnull=False, settled_at__isnull=True) & ~Q(answer="")),
                name="tie_question_denied_with_words",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(answered_at__isnull=False) | Q(settled_at__isnull=False),
                name="tie_question_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="refuted") | Q(settled_at__isnull=False), name="tie_question_refuted_by_the_bureau"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed", settled_at__isnull=False)
                | Q(source="register", source_on__isnull=False)
                | Q(source="document", source_on__isnull=False, document__isnull=False),
                name="tie_question_confirmed_with_a_source",
            ),
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=True, said_until_on__isnull=True) | Q(state="confirmed"),
                name="tie_question_taken_back_once_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state__in=["asked", "denied"]), name="tie_question_waiting"),
        ]
        triggers = [
            flow_guard(TIE_QUESTION_FLOW, "tie_question"),
            frozen("tie_question", ["affiliation_id", "person_id", "organisation_id", "named", "hint", "asked_at"], once="TRUE"),
            frozen("tie_question_answer", ["answer", "answered_at"], once="OLD.state <> 'asked'"),
            frozen(
                "tie_question_ruling",
                ["settled_by_id", "settled_at", "reason", "source", "source_on", "source_note", "document_id"],
                once="OLD.state IN ('confirmed', 'refuted')",
            ),
            frozen("tie_question_retraction", ["retracted_at"], once="OLD.retracted_at IS NOT NULL"),
            frozen("tie_question_said_end", ["said_until_on"], once="OLD.said_until_on IS NOT NULL"),
            guard(
                "tie_question_of_a_standing_tie",
                "PERFORM 1 FROM portal_affiliation f WHERE f.id = NEW.affiliation_id AND f.withdrawn_at IS NULL FOR SHARE;"
                " IF NOT FOUND THEN "
                + raising("tie_question_of_a_standing_tie", "nobody answers for an affiliation that is withdrawn")
                + " END IF;",
                on=pgtrigger.Insert | pgtrigger.UpdateOf("state"),
            ),
            guard(
                "tie_question_settled_by_another",
                "IF NEW.settled_by_id = NEW.person_id OR EXISTS (SELECT 1 FROM portal_affiliation f WHERE f.id = NEW.affiliation_id"
                " AND f.entered_by_id IN (NEW.person_id, NEW.settled_by_id)) THEN "
                + raising("tie_question_settled_by_another", "an affiliation is confirmed by another than who declared it")
                + " END IF;",
                on=pgtrigger.Insert | pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return self.named
