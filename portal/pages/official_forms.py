"""What people type about the roles of officials."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import DayField, Form, long_text
from portal.models import District, Role
from portal.queries.officials import COMING, GRANTERS, OFFICES, PAST, PRESENT, programmes, programmes_of

NO_DISTRICT, EVERY_PROGRAMME = _("none"), _("every programme")
OFFICE_CHOICES = [(role.value, role.label) for role in OFFICES]
WHEN = [(PRESENT, _("In office")), (COMING, _("To come")), (PAST, _("Former"))]


class OfficialsForm(forms.Form):
    """What somebody looks for on the list of officials."""

    when = forms.ChoiceField(label=_("When"), choices=WHEN, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("every role")), *OFFICE_CHOICES], required=False)
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=None, required=False, empty_label=EVERY_PROGRAMME)
    district = forms.ModelChoiceField(label=_("District"), queryset=None, required=False, empty_label=_("every district"))
    name = forms.CharField(label=_("Name"), max_length=80, required=False)

    def __init__(self, *args: object, seen, **options: object) -> None:
        super().__init__(*args, **options)
        for name in ("role", "programme", "district"):
            self.fields[name].widget.attrs["class"] = "form-select"
        self.fields["programme"].queryset = seen
        self.fields["district"].queryset = District.objects.all()


class OfficeForm(Form):
    """A role and where it holds, as far as this person gives roles."""

    email = forms.EmailField(label=_("E-mail of the person"))
    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *OFFICE_CHOICES])
    district_id = forms.TypedChoiceField(
        label=_("District"), required=False, empty_value=None, help_text=_("Only for a district reviewer.")
    )
    programme_id = forms.TypedChoiceField(label=_("Programme"), required=False, empty_value=None)
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("That day included. Leave it empty for no last day."))
    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=long_text(rows=3),
        help_text=_("For example the number of the letter of appointment. It is shown with the role."),
    )  # fmt: skip

    def __init__(self, *args: object, by, everywhere: bool, **options: object) -> None:
        super().__init__(*args, **options)
        districts = [(str(each.pk), str(each)) for each in District.objects.all()]
        self.fields["district_id"].choices = [("", NO_DISTRICT), *districts]
        all_of_them = [("", EVERY_PROGRAMME)] if everywhere else []
        mine = programmes() if everywhere else programmes_of(by, *GRANTERS)
        self.fields["programme_id"].choices = [*all_of_them, *((str(each.pk), str(each)) for each in mine)]
        self.fields["programme_id"].required = not everywhere


class ProposeForm(OfficeForm):
    """A role for somebody who has an account."""

    starts_on = DayField(label=_("First day"), help_text=_("Today or later. Is it confirmed later, the role begins then."))
    document = forms.FileField(
        label=_("Letter of appointment"), required=False,
        help_text=_("A scan as PDF, PNG or JPEG, at most 20 MiB. Finance, districts and discipline inspection name their people by letter."),
    )  # fmt: skip
    field_order = ["email", "role", "district_id", "programme_id", "starts_on", "ends_on", "reason", "document"]


class EndForm(Form):
    """The end of a role."""

    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Leave it empty to end the role as soon as a second official confirms.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=400, widget=long_text(rows=3))


class WhyNotForm(Form):
    """Why a proposal is not confirmed."""

    why = forms.CharField(label=_("Why it is not confirmed"), max_length=1000, widget=long_text(rows=3))


BY_LETTER = (Role.DISTRICT, Role.DISCIPLINE, Role.PREPARER, Role.APPROVER, Role.RECONCILER)
"""Roles of other authorities, which name their people by letter."""
