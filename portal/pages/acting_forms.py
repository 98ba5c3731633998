"""What people type when they delegate a power, or ask to look at somebody's pages."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import DayField, Form, long_text
from portal.queries.acting import Power, worded


class DelegationForm(Form):
    """Which power, to whom, from when to when, why."""

    power = forms.TypedChoiceField(label=_("What you delegate"), coerce=UUID)
    delegate = forms.EmailField(
        label=_("E-mail of the person who acts for you"),
        help_text=_("For a role an official of the same side, for a membership somebody of the same organisation."),
    )
    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("Until midnight in China."))
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=long_text(rows=2))

    def __init__(self, *args: object, powers: Sequence[Power], **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["power"].choices = [(str(power.pk), worded(power)) for power in powers]


class SupportForm(Form):
    """Whose pages, and why."""

    email = forms.EmailField(label=_("E-mail of the account"), help_text=_("The address with which the person signs in."))
    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=long_text(rows=2), help_text=_("The person reads it before they answer.")
    )
