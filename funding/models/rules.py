"""The part of a programme's rules that concerns city money."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class FundingRules(models.Model):
    """What one version of the rules says about awards, instalments and payments; never edited.

    ``plan`` lists the instalments: ``{"trigger", "percent"}`` each, trigger ``first_payment``,
    ``milestone`` or ``acceptance``, percents summing to 100. ``first_paid_percent`` is the most
    of the poster's proved first payment that the first instalment may be.
    """

    rules = models.OneToOneField("challenges.Rules", on_delete=models.PROTECT, primary_key=True, related_name="funding")
    plan = models.JSONField(_("instalments"))
    first_paid_percent = models.DecimalField(
        _("first instalment, most percent of the poster's first payment"), max_digits=5, decimal_places=2
    )
    notice_working_days = models.PositiveSmallIntegerField(_("public notice of proposed awards, working days"))
    answer_working_days = models.PositiveSmallIntegerField(_("answer to an objection, working days"))
    taskbook_days = models.PositiveSmallIntegerField(_("days to sign the task book"))
    two_approvers_from_fen = models.BigIntegerField(_("two approvers from"))
    three_approvers_from_fen = models.BigIntegerField(_("three approvers from"))
    account_freeze_working_days = models.PositiveSmallIntegerField(
        _("payments rest after a change of account, working days")
    )
    panel_least = models.PositiveSmallIntegerField(_("smallest panel"))
    pass_mark = models.DecimalField(_("pass mark"), max_digits=5, decimal_places=2)
    payment_columns = models.JSONField(_("columns of the payment list"))
    confirmation_columns = models.JSONField(_("columns of the confirmation"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_paid_percent__gte=0)
                & Q(first_paid_percent__lte=100)
                & Q(notice_working_days__gte=1)
                & Q(two_approvers_from_fen__gt=0)
                & Q(three_approvers_from_fen__gte=F("two_approvers_from_fen")),
                name="funding_rules_figures_make_sense",
            )
        ]

    def __str__(self) -> str:
        return str(self.rules_id)
