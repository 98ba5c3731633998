"""What one confirms when sealing, and the receipt that anybody may have checked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import Form, long_text

MOST_RECEIPT_BYTES = 64 * 1024


class SealForm(Form):
    """The administrator's word that the bid was read."""

    agreed = forms.BooleanField(label=_("I have checked the whole bid and hand it in for my organisation"))


class ReceiptForm(Form):
    """A receipt as JSON, pasted or as a file."""

    text = forms.CharField(label=_("Receipt (JSON)"), required=False, max_length=MOST_RECEIPT_BYTES, widget=long_text(8))
    file = forms.FileField(label=_("Or the file you downloaded"), required=False)

    def clean(self) -> dict:
        """One of the two, and not more than a receipt holds."""
        cleaned = super().clean()
        file = cleaned.get("file")
        if file and file.size > MOST_RECEIPT_BYTES:
            self.add_error("file", _("This file is too large for a receipt. Choose the JSON file of the receipt."))
        elif file:
            cleaned["text"] = file.read().decode("utf-8", errors="replace")
        if not cleaned.get("text") and not self.errors:
            self.add_error("text", _("Paste a receipt, or choose its file."))
        return cleaned
