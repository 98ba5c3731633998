"""The formal check of a bid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import Form, long_text


class QualifyForm(Form):
    """Qualified, or disqualified with a reason that the bidder reads."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("qualified", _("Meets the formal conditions")), ("disqualified", _("Does not meet them"))],
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=4000,
        widget=long_text(6),
        help_text=_("Needed for a disqualification. The bidder's people read it word for word."),
    )


class FailForm(Form):
    """Why a board has no valid taker."""

    why = forms.CharField(label=_("Reason"), required=False, max_length=4000, widget=long_text(5))
