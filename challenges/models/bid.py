"""Bids: the draft nobody else can read, and after opening the document written out into rows."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from challenges.states import BID_FLOW, BidState
from portal.guards import flow_guard, frozen, guard, raising
from portal.models.organisation_merge import TODAY, not_absorbed

NOT_BEFORE_OPENING = guard(
    "only_after_opening",
    f"""
    IF NOT EXISTS (SELECT 1 FROM challenges_bid b JOIN challenges_box x ON x.challenge_id = b.challenge_id
                   WHERE b.id = NEW.bid_id AND x.closed_at IS NOT NULL
                   AND EXISTS (SELECT 1 FROM challenges_keyuse k WHERE k.box_id = x.id)) THEN
        {raising("no_content_before_opening", "a bid has no readable content before its box is open")}
    END IF;
    """,
    on=pgtrigger.Insert,
)


class Bid(models.Model):
    """A research team's answer to one challenge; its content is in the draft, then in the seal, then in rows."""

    flow = BID_FLOW

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    challenge = models.ForeignKey("challenges.Challenge", on_delete=models.PROTECT, related_name="bids")
    lead = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, related_name="bids")
    state = models.CharField(max_length=20, choices=BidState, default=BidState.DRAFT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "lead"],
                condition=~Q(state__in=["withdrawn", "lapsed"]),
                name="bid_one_live_per_lead",
            ),
            models.UniqueConstraint(fields=["challenge"], condition=Q(state="selected"), name="bid_one_selected"),
        ]
        triggers = [
            flow_guard(BID_FLOW, "bid"),
            frozen("bid", ["challenge_id", "lead_id", "created_by_id"], once="TRUE"),
            guard(
                "bid_sealed_with_a_seal",
                f"""
                IF NEW.state = 'sealed' AND OLD.state <> 'sealed'
                    AND NOT EXISTS (SELECT 1 FROM challenges_seal WHERE bid_id = NEW.id) THEN
                    {raising("bid_sealed_with_a_seal", "a bid is sealed by its seal")}
                END IF;
                IF NEW.state = 'opened' AND OLD.state <> 'opened'
                    AND NOT EXISTS (SELECT 1 FROM challenges_biddocument WHERE bid_id = NEW.id) THEN
                    {raising("bid_opened_with_its_document", "a bid is opened with its document")}
                END IF;
                IF NEW.state = 'selected' AND OLD.state <> 'selected'
                    AND NOT EXISTS (SELECT 1 FROM challenges_selection WHERE bid_id = NEW.id) THEN
                    {raising("bid_selected_by_its_selection", "a bid is selected by the poster's selection")}
                END IF;
                """,
                on=pgtrigger.UpdateOf("state"),
            ),
            guard(
                "bid_not_on_own_board",
                f"""
                IF EXISTS (SELECT 1 FROM challenges_challenge c WHERE c.id = NEW.challenge_id
                    AND NEW.lead_id IN (SELECT portal_whole_of(c.poster_id, {TODAY}))) THEN
                    {raising("bid_not_on_own_board", "a poster does not bid on its own board")}
                END IF;
                """,
                on=pgtrigger.Insert | pgtrigger.UpdateOf("lead_id", "challenge_id"),
            ),
            guard(
                "bid_one_live_per_organisation",
                f"""
                PERFORM 1 FROM portal_organisation WHERE id IN (SELECT portal_whole_of(NEW.lead_id, {TODAY}))
                    ORDER BY id FOR NO KEY UPDATE;
                IF EXISTS (SELECT 1 FROM challenges_bid b WHERE b.challenge_id = NEW.challenge_id
                    AND b.lead_id <> NEW.lead_id AND b.state NOT IN ('withdrawn', 'lapsed')
                    AND b.lead_id IN (SELECT portal_whole_of(NEW.lead_id, {TODAY}))) THEN
                    {raising("bid_one_live_per_organisation", "head office, branches and merged organisations have one bid together")}
                END IF;
                {not_absorbed("lead_id", "bid_not_of_an_absorbed_lead")}
                """,
                on=pgtrigger.Insert,
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class BidDraft(models.Model):
    """The document while the team writes it, encrypted under a key that is kept outside the database.

    ``version`` counts saves, so that a save over somebody else's is seen. The row goes when the bid
    is sealed, and its key is destroyed.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, related_name="draft")
    version = models.PositiveIntegerField(default=1)
    ciphertext = models.BinaryField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.bid_id)


class DraftFile(models.Model):
    """A file of a bid before opening, encrypted to the box; its name is kept in the document."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="draft_files")
    file = models.OneToOneField("portal.StoredFile", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.file_id)


class BidDocument(models.Model):
    """What was sealed, readable since the opening: the whole document and the columns that are asked for."""

    bid = models.OneToOneField(Bid, on_delete=models.PROTECT, primary_key=True, related_name="document")
    body = models.JSONField()
    summary = models.TextField(_("summary"))
    price_fen = models.BigIntegerField(_("price"))
    months = models.PositiveSmallIntegerField(_("months"))
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(price_fen__gte=0), name="bid_price_not_negative")]
        triggers = [
            NOT_BEFORE_OPENING,
            frozen("bid_document", ["bid_id", "summary", "price_fen", "months", "opened_at"], once="TRUE"),
            guard(
                "bid_document_only_forgets",
                f"""
                IF NEW.body IS DISTINCT FROM OLD.body AND (
                    NEW.body - 'team' IS DISTINCT FROM OLD.body - 'team' OR NEW.body -> 'team' <> '[]'::jsonb
                    OR OLD.opened_at > portal_now() - interval '1 year'
                    OR NOT EXISTS (SELECT 1 FROM challenges_bid WHERE id = OLD.bid_id
                        AND state IN ('not_selected', 'disqualified', 'withdrawn', 'unreadable'))) THEN
                    {raising("bid_document_only_forgets", "only the people of a bid not selected are taken out, a year after")}
                END IF;
                """,
                on=pgtrigger.Update,
            ),
        ]

    def __str__(self) -> str:
        return str(self.bid_id)


class BidOffer(models.Model):
    """What a bid offers for one indicator of the board."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="offers")
    indicator = models.ForeignKey("challenges.Indicator", on_delete=models.PROTECT, related_name="offers")
    value = models.DecimalField(max_digits=18, decimal_places=6)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bid", "indicator"], name="offer_one_per_indicator")]
        triggers = [NOT_BEFORE_OPENING]

    def __str__(self) -> str:
        return str(self.value)


class BidMilestone(models.Model):
    """A milestone of a bid: what is delivered in which month, for how much."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    month = models.PositiveSmallIntegerField()
    deliverable = models.CharField(max_length=300, blank=True)
    amount_fen = models.BigIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["bid", "position"], name="bid_milestone_position_once"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="bid_milestone_not_negative"),
        ]
        triggers = [NOT_BEFORE_OPENING]

    def __str__(self) -> str:
        return self.title


class BidParty(models.Model):
    """An organisation that takes part in a bid, the lead among them, with its share in percent."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="parties")
    organisation = models.ForeignKey("portal.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    uscc = models.CharField(max_length=18)
    name = models.CharField(max_length=120)
    lead = models.BooleanField(default=False)
    share_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    task = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bid", "uscc"], name="bid_party_once")]
        triggers = [NOT_BEFORE_OPENING]

    def __str__(self) -> str:
        return self.name


class BidFile(models.Model):
    """A file of an opened bid, stored under the vault's key, equal to the sealed one by its SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField("portal.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        triggers = [NOT_BEFORE_OPENING]

    def __str__(self) -> str:
        return str(self.file_id)


class QualificationOutcome(models.TextChoices):
    """Whether a bid goes to the panel."""

    QUALIFIED = "qualified", _("qualified")
    DISQUALIFIED = "disqualified", _("disqualified")


class Qualification(models.Model):
    """A person's decision whether an opened bid meets the formal conditions; append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="qualifications")
    outcome = models.CharField(max_length=15, choices=QualificationOutcome)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="qualified") | ~Q(reason=""), name="qualification_refusal_has_reason"
            )
        ]
        triggers = [NOT_BEFORE_OPENING]

    def __str__(self) -> str:
        return self.outcome


class Selection(models.Model):
    """The poster's choice of a bid; a reason is written when it is not the first in rank. Append-only."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="selections")
    rank = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rank=1) | ~Q(reason=""), name="selection_below_first_has_reason")
        ]

    def __str__(self) -> str:
        return str(self.bid_id)
