"""What people type about themselves, their organisations and their tokens."""

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal.forms import Form, long_text
from portal.kernel.uscc import is_valid
from portal.models import District, Organisation, OrganisationKind


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
    parent_uscc = forms.CharField(
        label=_("Credit code of the head office"), max_length=18, required=False, help_text=_("Only if this is a branch.")
    )

    def __init__(
        self, *args: object, organisation: Organisation | None = None, only: Sequence[str] = (), **options: object
    ) -> None:
        if organisation is not None:
            options["initial"] = {name: getattr(organisation, name) for name in self.base_fields if name != "parent_uscc"}
            options["initial"]["parent_uscc"] = organisation.parent.uscc if organisation.parent_id else ""
        super().__init__(*args, **options)
        self.only = ["parent_uscc" if item == "parent" else item for item in only]
        self.fields["district"].queryset = District.objects.all()
        if self.only:
            self.fields = {name: self.fields[name] for name in self.fields if name in self.only or name == "uscc_confirmed"}
            for name in self.only:
                self.fields[f"answer_{name}"] = forms.CharField(
                    label=_("If it is right as it is: why (%(item)s)") % {"item": self.fields[name].label}, required=False, max_length=500
                )
        if not self.asks_to_confirm:
            self.fields["uscc_confirmed"].widget = forms.HiddenInput()

    @property
    def asks_to_confirm(self) -> bool:
        """Whether a code was typed whose last character does not fit; only then is there something to tick."""
        typed = self.data.get(self.add_prefix("uscc")) if self.is_bound else self.initial.get("uscc")
        return bool(typed) and not is_valid(str(typed).strip().upper())

    @property
    def entered(self) -> dict:
        """What the action takes; an item that is not in the form stays as it was."""
        names = self.base_fields
        kept = {name: self.initial.get(name) for name in names} | {n: v for n, v in self.cleaned_data.items() if n in names}
        district = kept.pop("district")
        return kept | {"district_id": getattr(district, "pk", district)}

    @property
    def answers(self) -> dict[str, str]:
        """Why a marked item is right as it is, by item."""
        given = {name.removeprefix("answer_"): text for name, text in self.cleaned_data.items() if name.startswith("answer_")}
        return {"parent" if name == "parent_uscc" else name: text for name, text in given.items()}


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
