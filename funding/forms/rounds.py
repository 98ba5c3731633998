"""What finance and officers type about appropriations, rounds, panels, awards and decisions."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funding.models import DecisionKind
from portal.forms import DayField, Form, MomentField, WanField
from portal.show import show_amount


class AppropriationForm(Form):
    """City money that was made available, with its codes."""

    budget_year = forms.IntegerField(label=_("Budget year"), min_value=2000, max_value=2100)
    document_number = forms.CharField(label=_("Appropriation document number"), max_length=80)
    function_code = forms.CharField(label=_("Function code"), max_length=20)
    economic_code = forms.CharField(label=_("Economic code"), max_length=20)
    amount_fen = WanField(label=_("Amount"), zero=False)


class RoundForm(Form):
    """A round of applications: its rules, what it draws on, and when it takes applications."""

    rules = forms.ChoiceField(label=_("Rules"))
    appropriation = forms.ChoiceField(label=_("Appropriation"))
    title = forms.CharField(label=_("Title"), max_length=160)
    title_en = forms.CharField(label=_("English title"), max_length=160)
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"))

    def __init__(self, *args, rules, appropriations, lefts, **options) -> None:
        super().__init__(*args, **options)
        self.fields["rules"].choices = [(str(each.pk), str(each)) for each in rules]
        self.fields["appropriation"].choices = [
            (str(each.pk), f"{each.document_number} · {show_amount(lefts.get(each.pk, 0), unit=True)}") for each in appropriations
        ]


class PanelForm(Form):
    """How many experts, and by when."""

    size = forms.IntegerField(label=_("Experts"), min_value=3, max_value=99)
    due_at = MomentField(label=_("Sheets due by"))


class AwardsForm(Form):
    """An amount for each reviewed project; empty means not funded."""

    def __init__(self, *args, projects, mosts, **options) -> None:
        super().__init__(*args, **options)
        for project in projects:
            self.fields[str(project.pk)] = WanField(
                label=project.title, required=False,
                help_text=_("At most %(most)s. Leave empty: not funded.") % {"most": show_amount(mosts[project.pk], unit=True)},
            )  # fmt: skip

    @property
    def amounts(self) -> dict[UUID, int]:
        """The amounts that were typed, by project."""
        return {UUID(name): fen for name, fen in self.cleaned_data.items() if fen}


class NoticeForm(Form):
    """Which proposed awards go before the public, and from when."""

    starts_on = DayField(label=_("First day of the public notice"))
    projects = forms.MultipleChoiceField(label=_("Projects"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, projects, **options) -> None:
        super().__init__(*args, **options)
        self.fields["projects"].choices = [(str(each.pk), each.title) for each in projects]

    @property
    def ids(self) -> list[UUID]:
        """The chosen projects."""
        return [UUID(pk) for pk in self.cleaned_data["projects"]]


class DecisionForm(Form):
    """A decision made elsewhere: which body, which paper, which day; its scan."""

    kind = forms.ChoiceField(label=pgettext_lazy("authority", "Decided by"), choices=DecisionKind.choices)
    document_number = forms.CharField(label=_("Document number"), max_length=80)
    decided_on = DayField(label=_("Date of the decision"))
    scan = forms.FileField(label=_("Scan of the paper"), required=False, max_length=200, allow_empty_file=True)


class DecidedForm(Form):
    """The amount decided for each project; empty means that the decision does not name it."""

    def __init__(self, *args, projects, **options) -> None:
        super().__init__(*args, **options)
        for project in projects:
            self.fields[str(project.pk)] = WanField(label=project.title, required=False, initial=project.proposed_fen)

    @property
    def amounts(self) -> dict[UUID, int]:
        """The amounts by project."""
        return {UUID(name): fen for name, fen in self.cleaned_data.items() if fen}
