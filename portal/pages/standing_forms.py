"""What people type about credit, dishonesty, affiliations and employments."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.actions.affiliations import Side
from portal.forms import DayField, Form, NumberField, long_text
from portal.models import (
    Affiliation,
    CreditResult,
    CreditSite,
    DishonestyKind,
    Employment,
    Organisation,
    Post,
    Source,
    Tie,
)
from portal.queries.affiliations import end_shown, person_in


class CheckForm(Form):
    """One look at one site."""

    site = forms.ChoiceField(label=_("Site"))
    checked_on = DayField(label=_("Looked up on"))
    result = forms.ChoiceField(label=_("Result"), choices=CreditResult)
    found = forms.CharField(label=_("What it shows"), required=False, max_length=4000, widget=long_text(rows=3))
    screenshot = forms.FileField(label=_("Picture of the page"), required=False, help_text=_("PNG, JPEG or PDF; kept with its SHA-256."))
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["site"].choices = [(site.pk, str(site)) for site in CreditSite.objects.all()]


class DishonestyForm(Form):
    """An entry on a dishonesty list."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DishonestyKind)
    source = forms.CharField(label=_("Source"), max_length=120, help_text=_("Which list or authority."))
    document_number = forms.CharField(label=_("Document number"), max_length=80)
    from_on = DayField(label=_("Begins on"))
    words = forms.CharField(label=_("What for"), max_length=4000, widget=long_text(rows=3))


class RepairForm(Form):
    """The repair of dishonesty."""

    repaired_on = DayField(label=_("Repaired on"))
    repair_number = forms.CharField(label=_("Number of the decision"), max_length=80)
    document = forms.FileField(label=_("The decision"))


class WhyForm(Form):
    """A reason."""

    why = forms.CharField(label=_("Reason"), max_length=4000, widget=long_text(rows=2))


class TieForm(Form):
    """A tie of an organisation with another side."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[choice for choice in Tie.choices if choice[0] != Tie.KIN])
    holds = forms.TypedChoiceField(
        label=_("Read as"), coerce=lambda value: value == "holds", initial="held", empty_value=False,
        choices=[("held", _("the other side holds, this organisation is held")), ("holds", _("this organisation holds the other side"))],
    )  # fmt: skip
    organisation = forms.ModelChoiceField(
        label=_("Credit code of the other organisation"), queryset=Organisation.objects.all(), to_field_name="uscc", required=False,
        widget=forms.TextInput, help_text=_("Where it is registered here; else write the name below."),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of the other side"), max_length=120, required=False)
    is_person = forms.BooleanField(label=_("It is a person"), required=False)
    email = forms.EmailField(label=_("E-mail of the person's account"), required=False, help_text=_("Where you know it. Whoever has an account is asked about what an organisation declares."))
    hint = forms.CharField(label=_("What tells the person apart"), max_length=120, required=False)
    percent = NumberField(label=_("Share held"), unit="%", required=False, max_digits=5, decimal_places=2)
    post = forms.ChoiceField(label=_("Office"), choices=[("", "–"), *Post.choices], required=False)
    from_on = DayField(label=_("Begins on"))
    until_on = DayField(label=_("Ends on"), required=False, help_text=_("Empty while it goes on."))
    source = forms.ChoiceField(label=_("Source"), choices=Source, initial=Source.REGISTER)
    source_on = DayField(label=_("Day of the source"))
    source_note = forms.CharField(label=_("Which source"), max_length=200, required=False)
    document = forms.FileField(label=_("Document"), required=False, help_text=_("PNG, JPEG or PDF; kept with its SHA-256."))
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def entered(self) -> dict[str, object]:
        """What the action takes."""
        typed = dict(self.cleaned_data)
        chosen, file = typed.pop("organisation"), typed.pop("document")
        side = {name: typed.pop(name) for name in ("name", "is_person", "email", "hint")}
        other = Side(organisation_id=chosen.pk) if chosen else Side(**side)
        return typed | {"other": other, "document": (file.name, file.read()) if file else None}


def tie_initial(wrong: Affiliation, organisation: Organisation) -> dict[str, object]:
    """A wrong tie as it was entered, to be corrected."""
    holds = wrong.holder_organisation_id == organisation.pk
    firm, outsider = (wrong.organisation, wrong.outsider) if holds else (wrong.holder_organisation, wrong.holder_outsider)
    kept = ("kind", "percent", "post", "from_on", "until_on", "source", "source_on", "source_note")
    other = {"organisation": firm.uscc} if firm else {"name": outsider.name, "is_person": outsider.is_person, "hint": outsider.hint}
    if not firm and not holds and outsider.is_person:
        other["name"], other["hint"] = person_in(wrong, in_full=wrong.in_full)
    initial = {name: getattr(wrong, name) for name in kept} | other | {"until_on": end_shown(wrong)}
    return initial | {"holds": "holds" if holds else "held", "corrects": wrong.pk}


class PersonField(forms.ModelChoiceField):
    """The person who holds one of the ties, under the name that the reader knows."""

    def label_from_instance(self, row: Affiliation) -> str:
        """Name and mark."""
        return " · ".join(filter(None, person_in(row, in_full=row.in_full)))


class KinForm(Form):
    """Kin of a person who is tied to the organisation."""

    tie = PersonField(label=_("Whose kin"), queryset=Affiliation.objects.none())
    name = forms.CharField(label=_("Name of the kin"), max_length=120)
    email = forms.EmailField(label=_("E-mail of the person's account"), required=False, help_text=_("Where you know it. Whoever has an account is asked about what an organisation declares."))
    hint = forms.CharField(label=_("What tells the person apart"), max_length=120, required=False, help_text=_("For example: spouse, daughter."))
    from_on = DayField(label=_("Begins on"))
    source = forms.ChoiceField(label=_("Source"), choices=Source)
    source_on = DayField(label=_("Day of the source"))
    source_note = forms.CharField(label=_("Which source"), max_length=200, required=False)
    document = forms.FileField(label=_("Document"), required=False, help_text=_("PNG, JPEG or PDF; kept with its SHA-256."))

    def __init__(self, *args: object, people: QuerySet[Affiliation], **options: object) -> None:
        super().__init__(*args, prefix="kin", **options)
        self.fields["tie"].queryset = people

    @property
    def entered(self) -> dict[str, object]:
        """What the action takes."""
        typed = dict(self.cleaned_data)
        tie, file = typed.pop("tie"), typed.pop("document")
        side = {name: typed.pop(name) for name in ("name", "email", "hint")}
        return typed | {"tie_id": tie.pk, "other": Side(**side), "document": (file.name, file.read()) if file else None}


class LastDayForm(Form):
    """The last day of a tie or an employment."""

    until_on = DayField(label=_("Last day"))


class EmploymentForm(Form):
    """Where an expert works or worked."""

    organisation = forms.ModelChoiceField(
        label=_("Credit code of the employer"), queryset=Organisation.objects.all(), to_field_name="uscc", required=False,
        widget=forms.TextInput, help_text=_("Where it is registered here; else write the name below."),
    )  # fmt: skip
    employer = forms.CharField(label=_("Name of the employer"), max_length=120, required=False)
    from_on = DayField(label=_("Begins on"))
    until_on = DayField(label=_("Ends on"), required=False, help_text=_("Empty while it goes on."))
    source = forms.ChoiceField(label=_("Source"), choices=[choice for choice in Source.choices if choice[0] != Source.DECLARED])
    source_on = DayField(label=_("Day of the source"))
    source_note = forms.CharField(label=_("Which source"), max_length=200, required=False)
    document = forms.FileField(label=_("Document"), required=False, help_text=_("PNG, JPEG or PDF; kept with its SHA-256."))
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, own: bool, **options: object) -> None:
        super().__init__(*args, **options)
        if own:  # what people say of themselves is declared on the day
            for name in ("source", "source_on", "source_note"):
                del self.fields[name]

    @property
    def entered(self) -> dict[str, object]:
        """What the action takes."""
        typed = dict(self.cleaned_data)
        chosen, file = typed.pop("organisation"), typed.pop("document")
        return typed | {"organisation_id": chosen.pk if chosen else None, "document": (file.name, file.read()) if file else None}


def employment_initial(wrong: Employment) -> dict[str, object]:
    """A wrong employment as it was entered, to be corrected."""
    kept = ("employer", "from_on", "until_on", "source", "source_on", "source_note")
    return {name: getattr(wrong, name) for name in kept} | {
        "organisation": wrong.organisation.uscc if wrong.organisation else "", "corrects": wrong.pk,
    }  # fmt: skip
