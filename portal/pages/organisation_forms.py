"""What is typed into profiles, corrections, changes, names and merges of organisations."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.forms import DayField, Form, NumberField, WanField, long_text
from portal.models import AliasKind, District, FactSource, OrganisationKind
from portal.profile_items import ITEMS, NATURES, Item, in_group


def field_for(item: Item) -> forms.Field:
    """The field in which a value of an item is typed; nothing has to be filled in."""
    label = str(item.word)
    label = label[:1].upper() + label[1:]
    if item.kind == "money":
        return WanField(label=label, required=False)
    if item.kind == "count":
        return NumberField(label=label, required=False, min_value=0, max_digits=9, decimal_places=0)
    if item.kind == "day":
        return DayField(label=label, required=False)
    if item.kind == "choice":
        return forms.ChoiceField(label=label, required=False, choices=[("", _("Choose")), *NATURES.items()])
    widget = long_text(rows=3) if item.kind == "long" else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=item.most, widget=widget)


class ProfileForm(Form):
    """The standing facts of a profile, or the figures of one year."""

    file = forms.FileField(
        label=_("Document, if there is one"), required=False, max_length=200,
        help_text=_("PDF, PNG or JPEG. The new values then rest on this document."),
    )  # fmt: skip

    def __init__(self, *args: object, groups: tuple[str, ...], **options: object) -> None:
        super().__init__(*args, **options)
        self.items = in_group(*groups)
        added = {item.code: field_for(item) for item in self.items}
        if any(item.yearly for item in self.items):
            added = {"year": forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100), **added}
        self.fields = {**added, **self.fields}

    @property
    def values(self) -> dict[str, object]:
        """The values by item, as they are kept."""
        return {item.code: _kept(item, self.cleaned_data.get(item.code)) for item in self.items}


def upload_of(form: Form) -> tuple[str, bytes] | None:
    """The file that was chosen, as actions take it."""
    chosen: UploadedFile | None = form.cleaned_data.get("file")
    return (chosen.name, chosen.read()) if chosen else None


def _kept(item: Item, value: object) -> object:
    if value in (None, ""):
        return None
    if item.kind == "day":
        return value.isoformat()
    return int(value) if item.kind in ("money", "count") else value


class RemarksForm(Form):
    """Remarks on single items of an entry, and words on the whole."""

    why = forms.CharField(label=_("On the whole entry"), max_length=1000, required=False, widget=long_text(rows=3))

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        marks = {
            item.code: forms.CharField(label=item.word, required=False, max_length=500) for item in in_group("entry")
        }
        self.fields = {**marks, **self.fields}

    @property
    def items(self) -> dict[str, str]:
        """The remarks by item."""
        return {code: text for code, text in self.cleaned_data.items() if code != "why" and text}


class VouchForm(Form):
    """What vouches for a value."""

    item = forms.ChoiceField(choices=[(code, code) for code in ITEMS], widget=forms.HiddenInput)
    year = forms.IntegerField(required=False, widget=forms.HiddenInput)
    source = forms.ChoiceField(
        label=_("What vouches for it"),
        choices=[(FactSource.BUREAU, FactSource.BUREAU.label), (FactSource.REGISTER, FactSource.REGISTER.label)],
    )
    source_note = forms.CharField(label=_("Name of the register"), required=False, max_length=200)


class ChangeForm(Form):
    """A wish to change one verified item."""

    new = forms.CharField(label=_("New value"), max_length=200, required=False)
    since = DayField(label=_("Holds since"), required=False)
    why = forms.CharField(label=_("Reason"), max_length=500, widget=long_text(rows=3))
    file = forms.FileField(label=_("New licence or notice"), required=False, max_length=200)

    def __init__(self, *args: object, item: Item, **options: object) -> None:
        super().__init__(*args, **options)
        if item.kind == "district":
            choices = [(str(district.pk), str(district)) for district in District.objects.all()]
            self.fields["new"] = forms.ChoiceField(label=_("New value"), choices=choices)
        elif item.kind == "choice":
            self.fields["new"] = forms.ChoiceField(label=_("New value"), choices=OrganisationKind)
        elif item.kind == "organisation":
            self.fields["new"].help_text = _("Credit code of the head office; empty if it is no branch any more.")


class WhyForm(Form):
    """A reason."""

    why = forms.CharField(label=_("Reason"), max_length=1000, widget=long_text(rows=2))


class AliasForm(Form):
    """A former or short name."""

    name = forms.CharField(label=_("Other name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of name"), choices=AliasKind)
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Until"), required=False)


class MergeForm(Form):
    """Into which organisation this one is merged, from when, on what ground."""

    into = forms.CharField(label=_("Credit code of the organisation that remains"), max_length=18)
    from_on = DayField(label=_("From"))
    document_number = forms.CharField(label=_("Document number"), max_length=80)
    file = forms.FileField(label=_("Document"), max_length=200)
