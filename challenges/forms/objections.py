"""What an objector writes, and what discipline inspection answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.forms import Form, long_text

ADMIT, REFUSE, UPHOLD, DISMISS = "admit", "refuse", "uphold", "dismiss"


class ObjectionForm(Form):
    """An objection to one item, with a real name."""

    item = forms.ChoiceField(label=_("What you object to"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Your real name"), max_length=60)
    phone = forms.CharField(label=_("Telephone"), max_length=40)
    reason = forms.CharField(
        label=_("Reason and evidence"), max_length=10_000, widget=long_text(rows=8),
        help_text=_("Encrypted; only discipline inspection reads who you are and what you write."),
    )  # fmt: skip

    def __init__(self, *args, items, **options) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = [(str(item.id), item.title) for item in items]
        if len(items) == 1:
            self.fields["item"].initial = str(items[0].id)


class AnswerForm(Form):
    """What becomes of an objection; the button that was pressed says which."""

    outcome = forms.ChoiceField(
        choices=[(word, word) for word in (ADMIT, REFUSE, UPHOLD, DISMISS)], widget=forms.HiddenInput
    )
    reply = forms.CharField(
        label=_("Reply to the objector"), required=False, max_length=10_000, widget=long_text(rows=5),
        help_text=_("Needed for every decision; taking an objection up needs none."),
    )  # fmt: skip

    def clean(self) -> dict:
        """A decision has its reply."""
        cleaned = super().clean()
        if cleaned.get("outcome") != ADMIT and not cleaned.get("reply"):
            self.add_error("reply", ValidationError(_("Write the reply that the objector will read."), code="field_missing"))
        return cleaned
