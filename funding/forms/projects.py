"""What a poster types into an application, and what its vetters type about it."""

from decimal import Decimal
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from challenges.forms.needs import file_limits
from funding.models import Project
from funding.policy.application import AMOUNTS, MOST_COSTS, MOST_MONTHS, MOST_PLACES, MOST_PURPOSE, TEXTS
from portal.forms import Form, NumberField, WanField, long_text, rows_of

PASS, RETURN, REJECT = "pass", "return", "reject"


class ProjectForm(Form):
    """The application; it may be saved with anything still empty."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    title = forms.CharField(label=_("Title"), max_length=TEXTS["title"])
    lead_person = forms.CharField(
        label=_("Project lead"), required=False, max_length=TEXTS["lead_person"],
        help_text=_("Employed by the posting organisation; the labour contract shows it."),
    )  # fmt: skip
    months = forms.IntegerField(label=_("Length of the project in months"), required=False, min_value=0, max_value=MOST_MONTHS)
    total_fen = WanField(label=_("Total investment"), required=False)
    own_fen = WanField(label=_("Own funds of the poster"), required=False)
    city_fen = WanField(label=_("Requested from the city"), required=False)
    other_fen = WanField(label=_("Other sources"), required=False, help_text=_("Counts neither as yours nor as the city's."))

    def clean(self) -> dict:
        """Amounts that were left empty are nothing."""
        cleaned = super().clean()
        for name in (*AMOUNTS, "months"):
            if name in cleaned:
                cleaned[name] = cleaned[name] or 0
        return cleaned

    @property
    def columns(self) -> dict[str, object]:
        """What the action takes: every column that could be read."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def project_initial(project: Project) -> dict[str, object]:
    """What stands in the form of an application."""
    filled = {name: getattr(project, name) for name in ProjectForm.base_fields}
    return {**filled, **{name: filled[name] or None for name in (*AMOUNTS, "months")}}


class CostForm(Form):
    """One use of the money."""

    purpose = forms.CharField(label=_("Used for"), max_length=MOST_PURPOSE)
    amount_fen = WanField(label=_("Amount"), zero=False)


CostRows = rows_of(CostForm, extra=2, most=MOST_COSTS)


def plain(value: Decimal) -> str:
    """A value without idle zeros, never in powers of ten."""
    return f"{value.normalize():f}"


class Promises(Form):
    """A value for every indicator of the board, under the indicator's own name."""

    def __init__(self, *args, indicators, values, **options) -> None:
        super().__init__(*args, **options)
        for each in indicators:
            self.fields[str(each.pk)] = NumberField(
                label=each.name, unit=each.unit, max_digits=18, decimal_places=MOST_PLACES,
                initial=plain(values.get(each.pk, each.value)),
                help_text=_("The board asks for %(comparator)s %(value)s.") % {
                    "comparator": each.get_comparator_display(), "value": plain(each.value),
                },
            )  # fmt: skip

    @property
    def values(self) -> dict[UUID, object]:
        """The values by indicator."""
        return {UUID(name): value for name, value in self.cleaned_data.items() if value is not None}


class ContractForm(Form):
    """The labour contract of the project lead."""

    file = forms.FileField(label=_("Labour contract of the project lead"), max_length=200, allow_empty_file=True)

    def __init__(self, *args, rules, **options) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = file_limits(rules)
        self.fields["file"].widget.attrs["accept"] = ",".join(rules.file_kinds)


class VettingForm(Form):
    """A vetter's decision and reason; the button that was pressed says which."""

    outcome = forms.ChoiceField(choices=[(PASS, PASS), (RETURN, RETURN), (REJECT, REJECT)], widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Opinion or reason"), required=False, max_length=4000, widget=long_text(rows=4),
        help_text=_("Needed to return or reject. In the formal check: what the credit sites and the duplicate check say."),
    )  # fmt: skip

    def __init__(self, *args, formal: bool = False, **options) -> None:
        super().__init__(*args, **options)
        self.formal = formal

    def clean(self) -> dict:
        """What needs a reason has one."""
        cleaned = super().clean()
        if (self.formal or cleaned.get("outcome") in (RETURN, REJECT)) and not cleaned.get("why"):
            self.add_error("why", ValidationError(_("Write what you found."), code="reason_missing"))
        return cleaned


class ReasonForm(Form):
    """Why something ends or goes back."""

    why = forms.CharField(label=_("Reason"), max_length=4000, widget=long_text(rows=4))
