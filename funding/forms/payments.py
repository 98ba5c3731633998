"""What is typed about accounts, receipts, claims, approvals and confirmations."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from portal.forms import DayField, Form, WanField, long_text, plain_digits
from portal.kernel.errors import PortalError
from portal.kernel.money import yuan, yuan_to_fen
from portal.words import sentence

DIGEST = 64


class YuanField(WanField):
    """An amount typed in full yuan, as it stands on a bank's slip; its value is whole fen, exactly."""

    unit = _("RMB (元)")

    def to_python(self, value: object) -> int | None:
        """Read the amount; full-width digits, commas and a trailing unit are understood."""
        text = plain_digits(value).removesuffix("元").strip()
        if not text:
            return None
        try:
            return yuan_to_fen(text)
        except PortalError as refusal:
            raise ValidationError(sentence(refusal), code=refusal.code) from None

    def prepare_value(self, value: object) -> object:
        """Fen as they stand in the box; what was typed stays as it was typed."""
        return str(yuan(value)) if isinstance(value, int) else value


class BankAccountForm(Form):
    """An account in the organisation's own name; asked for only where another organisation took it in."""

    holder = forms.ChoiceField(label=_("Account holder"))

    bank = forms.CharField(
        label=_("Bank and branch"),
        max_length=120,
        validators=[RegexValidator(r"^\w", _("Begin with a letter."))],
    )
    number = forms.CharField(label=_("Account number"), max_length=40, help_text=_("8 to 34 digits."))


    def __init__(self, *args, holders, **options) -> None:
        super().__init__(*args, **options)
        self.fields["holder"].choices = [(name, name) for name in holders]
        if len(holders) == 1:
            del self.fields["holder"]


class ReceiptForm(Form):
    """A bank receipt as it stands on the slip."""

    payer = forms.CharField(label=_("Payer"), max_length=120)
    payee = forms.CharField(label=_("Payee"), max_length=120)
    amount_fen = YuanField(label=_("Amount"), zero=False)
    paid_on = DayField(label=_("Date of payment"))
    bank_reference = forms.CharField(label=_("Bank reference"), max_length=80)
    file = forms.FileField(label=_("Bank receipt"), help_text=_("The bank's slip as PDF or picture."))


class ClaimForm(Form):
    """Which receipt a claim rests on."""

    receipt = forms.ModelChoiceField(queryset=None, label=_("Bank receipt"), empty_label=None)

    def __init__(self, *args, receipts, **options) -> None:
        super().__init__(*args, **options)
        self.fields["receipt"].queryset = receipts


class WhyForm(Form):
    """A reason, in words."""

    why = forms.CharField(label=_("Reason"), max_length=20_000, widget=long_text(rows=4))


class ApproveForm(Form):
    """The digest of what the approver saw on this page."""

    digest = forms.CharField(widget=forms.HiddenInput, min_length=DIGEST, max_length=DIGEST)


class ConfirmationForm(Form):
    """The treasury's confirmation file."""

    file = forms.FileField(label=_("Confirmation file"), help_text=_("CSV as the treasury gives it, with its closing line."))


class SeveralFiles(forms.FileInput):
    """A control that takes several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name) -> list:
        """Every file that was chosen."""
        return files.getlist(name)


class FilesField(forms.FileField):
    """Several files; its value is the list of them."""

    widget = SeveralFiles

    def clean(self, data: list, initial: object = None) -> list:
        """Each file by itself; none is an empty answer."""
        return [super(FilesField, self).clean(each, initial) for each in data or [None]]


class ReportForm(Form):
    """What was done for a milestone, what was measured, and the files that prove it."""

    text = forms.CharField(label=_("Report"), max_length=20_000, widget=long_text(rows=8))
    measured = forms.DecimalField(label=_("Measured value"), max_digits=18, decimal_places=6, required=False)
    files = FilesField(
        label=_("Evidence"), help_text=_("Test reports, pictures, contracts. Several files may be chosen.")
    )

    def __init__(self, *args, milestone, **options) -> None:
        super().__init__(*args, **options)
        if milestone.indicator is None:
            del self.fields["measured"]
        else:
            self.fields["measured"].required = True
            self.fields["measured"].unit = milestone.indicator.unit
