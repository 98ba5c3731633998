"""The programme, its dated rules, its calls, and the rubrics by which panels score."""

from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from challenges.policy.affiliations import BLOCKING
from challenges.policy.credit import GATES
from portal.guards import guard, raising


class Programme(models.Model):
    """What a city runs under one measure, year after year."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name


class ShareBase(models.TextChoices):
    """What a share of money is a share of."""

    TOTAL = "total", _("total investment")
    AGREEMENT = "agreement", _("agreement amount")
    PAID = "paid", _("amount actually paid")
    AUDITED = "audited", _("audited cost")


class SealMode(models.TextChoices):
    """Who could open a sealed bid before its time."""

    ESCROW = "escrow", _("escrow: nobody can open a bid early through the portal")


class Rules(models.Model):
    """One dated version of a programme's rules; never edited, replaced by the next version.

    Shares are percent, periods are working days, days or months as named, money is fen.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rules")
    version = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)
    share_base = models.CharField(_("share base"), max_length=12, choices=ShareBase)
    notice_before_publishing = models.BooleanField(_("public notice before a board is published"))
    notice_working_days = models.PositiveSmallIntegerField(_("public notice, working days"))
    bidding_days = models.PositiveSmallIntegerField(_("bidding window, days"))
    bids_least = models.PositiveSmallIntegerField(_("smallest number of bids"))
    winners_most = models.PositiveSmallIntegerField(_("bids that may be selected"))
    panel_least = models.PositiveSmallIntegerField(_("smallest panel"))
    invitation_days = models.PositiveSmallIntegerField(_("days to answer an invitation"))
    conflict_years = models.PositiveSmallIntegerField(_("years an employment counts as a conflict"))
    pass_mark = models.DecimalField(_("pass mark"), max_digits=5, decimal_places=2)
    sheets_least = models.PositiveSmallIntegerField(_("fewest valid sheets for a score"))
    trim_from = models.PositiveSmallIntegerField(_("sheets from which the highest and the lowest are left out"))
    tie_chain = models.JSONField(_("what parts equal scores, in order"))
    files_most = models.PositiveSmallIntegerField(_("most files of a bid"))
    file_most_mib = models.PositiveSmallIntegerField(_("largest file, MiB"))
    file_kinds = models.JSONField(_("kinds of file"))
    fields = models.JSONField(_("fields of technology"))
    expert_classes = models.JSONField(_("classes of experts"))
    seal_mode = models.CharField(_("sealing"), max_length=10, choices=SealMode, default=SealMode.ESCROW)
    credit_sites = models.JSONField(_("credit sites"), default=list)
    credit_check_days = models.PositiveSmallIntegerField(_("days a credit check counts"), default=90)
    credit_gates = models.JSONField(_("steps that need credit in order"), default=list)
    dishonesty_bars = models.JSONField(_("kinds of dishonesty that exclude"), default=list)
    share_flag_percent = models.DecimalField(_("share from which a person decides"), max_digits=5, decimal_places=2, default=5)
    share_block_percent = models.DecimalField(_("share that excludes"), max_digits=5, decimal_places=2, default=25)
    affiliation_blocks = models.JSONField(_("affiliations that exclude"), default=list)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "version"], name="rules_version_once"),
            models.UniqueConstraint(fields=["programme", "valid_from"], name="rules_one_version_a_day"),
            models.CheckConstraint(
                condition=Q(notice_working_days__gte=1)
                & Q(bidding_days__gte=1)
                & Q(bids_least__gte=1)
                & Q(winners_most__gte=1)
                & Q(panel_least__gte=3)
                & Q(sheets_least__gte=1)
                & Q(trim_from__gte=3)
                & Q(pass_mark__gte=0)
                & Q(pass_mark__lte=100),
                name="rules_figures_make_sense",
            ),
            models.CheckConstraint(
                condition=Q(credit_check_days__gte=1)
                & Q(share_flag_percent__gt=0)
                & Q(share_block_percent__gte=F("share_flag_percent"))
                & Q(share_block_percent__lte=100)
                & Q(credit_gates__contained_by=list(GATES))
                & Q(dishonesty_bars__contained_by=["serious", "general"])
                & Q(affiliation_blocks__contained_by=list(BLOCKING)),
                name="rules_standing_makes_sense",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.version}"


class RulesClass(models.Model):
    """A class of projects under one version of the rules: cap, shares and longest period."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    rules = models.ForeignKey(Rules, on_delete=models.PROTECT, related_name="classes")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    cap_fen = models.BigIntegerField()
    most_percent = models.DecimalField(max_digits=5, decimal_places=2)
    least_percent = models.DecimalField(max_digits=5, decimal_places=2)
    months_most = models.PositiveSmallIntegerField()
    number_format = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rules", "code"], name="rules_class_once"),
            models.UniqueConstraint(
                fields=["rules", "code", "cap_fen", "most_percent", "least_percent"], name="rules_class_terms"
            ),
            models.CheckConstraint(
                condition=Q(cap_fen__gt=0)
                & Q(most_percent__gte=0)
                & Q(most_percent__lte=100)
                & Q(least_percent__gte=0)
                & Q(least_percent__lte=100),
                name="rules_class_figures_make_sense",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name


class Call(models.Model):
    """A call for needs: when needs may be submitted, and under which version of the rules."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    rules = models.ForeignKey(Rules, on_delete=models.PROTECT, related_name="calls")
    title = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("English title"), max_length=160)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens")
        ]

    def __str__(self) -> str:
        return self.title_en if (get_language() or "").startswith("en") else self.title


class NumberSeries(models.Model):
    """The last number given out in one series of board numbers."""

    prefix = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}{self.last}"


class Rubric(models.Model):
    """A score sheet's criteria; a new version is a new rubric."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    rules = models.ForeignKey(Rules, on_delete=models.PROTECT, related_name="rubrics")
    purpose = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rules", "purpose"], name="rubric_one_per_purpose")]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name


WEIGHTS = """
    IF (SELECT COALESCE(SUM(weight_percent), 0) FROM challenges_criterion WHERE rubric_id = {rubric}) <> 100 THEN
        {refuse}
    END IF;
"""


class Criterion(models.Model):
    """One line of a rubric: ``weight_percent`` is also the most points it gives; bands describe them."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="criteria")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    weight_percent = models.DecimalField(max_digits=5, decimal_places=2)
    technical = models.BooleanField(default=False)
    bands = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "position"], name="criterion_position_once"),
            models.CheckConstraint(
                condition=Q(weight_percent__gt=0) & Q(weight_percent__lte=100), name="criterion_weight_makes_sense"
            ),
        ]
        triggers = [
            guard(
                "rubric_weights",
                WEIGHTS.format(
                    rubric="NEW.rubric_id",
                    refuse=raising("rubric_weights_sum_to_100", "the weights of a rubric sum to 100"),
                ),
                on=pgtrigger.Insert,
                deferred=True,
            )
        ]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name
