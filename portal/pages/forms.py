"""What people type about themselves, their organisations and their tokens."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.forms import Form, long_text
from portal.kernel.uscc import is_valid
from portal.models import District, OrganisationKind


class AccountForm(Form):
    """A person's own particulars."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language of your mail and pages"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class OrganisationForm(Form):
    """The entry of an organisation, as on its business licence."""

    uscc = forms.CharField(
        label=_("Unified social credit code"), max_length=40, help_text=_("18 characters, as on the business licence."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    uscc_confirmed = forms.BooleanField(label=_("I have compared the code with the licence"), required=False)
    name = forms.CharField(
        label=_("Full name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind)
    district = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.none(), empty_label=_("Choose"),
        help_text=_("Where it is registered; the district's department reviews its needs."),
    )  # fmt: skip
    legal_representative = forms.CharField(label=_("Legal representative"), max_length=60)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["district"].queryset = District.objects.all()
        if not self.asks_to_confirm:
            self.fields["uscc_confirmed"].widget = forms.HiddenInput()

    @property
    def asks_to_confirm(self) -> bool:
        """Whether a code was typed whose last character does not fit; only then is there something to tick."""
        typed = self.data.get(self.add_prefix("uscc")) if self.is_bound else self.initial.get("uscc")
        return bool(typed) and not is_valid(str(typed).strip().upper())

    @property
    def entered(self) -> dict:
        """What the action takes."""
        cleaned = dict(self.cleaned_data)
        return cleaned | {"district_id": cleaned.pop("district").pk}


class ReasonForm(Form):
    """Why something is sent back."""

    why = forms.CharField(label=_("What is to be corrected"), max_length=1000, widget=long_text(rows=3))


class TokenForm(Form):
    """A new token."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    days = forms.TypedChoiceField(
        label=_("How long it holds"), coerce=int, initial=90,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("365 days"))],
    )  # fmt: skip
