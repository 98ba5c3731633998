"""What a poster types into a task book."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from funding.forms.projects import plain
from funding.models import TaskBook, TaskParty, Trigger
from funding.policy.application import MOST_PLACES
from portal.forms import DayField, Form, NumberField, WanField, long_text, rows_of


class TaskBookForm(Form):
    """Period and terms."""

    starts_on = DayField(label=_("Begins"))
    ends_on = DayField(label=_("Ends"))
    terms = forms.CharField(
        label=_("Terms of the task book"), required=False, max_length=20_000, widget=long_text(rows=5),
        help_text=_("Ownership of results, breach, archives, and what else the parties agree on."),
    )  # fmt: skip


class MilestoneForm(Form):
    """One milestone: what is delivered by when, and what is measured."""

    title = forms.CharField(label=_("Milestone"), max_length=120)
    due_on = DayField(label=_("Due"))
    deliverable = forms.CharField(label=_("Deliverable"), max_length=300)
    indicator = forms.ChoiceField(label=_("Indicator measured"), required=False)
    target = NumberField(label=_("Target"), required=False, max_digits=18, decimal_places=MOST_PLACES)

    def __init__(self, *args, indicators=(), **options) -> None:
        super().__init__(*args, **options)
        self.fields["indicator"].choices = [("", _("None")), *((str(each.pk), each.name) for each in indicators)]

    def clean_indicator(self) -> UUID | None:
        """The indicator's id, or none."""
        return UUID(self.cleaned_data["indicator"]) if self.cleaned_data["indicator"] else None


class InstalmentForm(Form):
    """One instalment: what it is due for, and how much at most."""

    trigger = forms.ChoiceField(label=_("Due for"), choices=Trigger.choices)
    milestone_position = forms.IntegerField(label=_("Number of the milestone"), required=False, min_value=1)
    amount_fen = WanField(label=_("Amount"), zero=False)


MilestoneRows = rows_of(MilestoneForm, extra=1, most=50)
InstalmentRows = rows_of(InstalmentForm, extra=0, most=50)


def taskbook_initial(taskbook: TaskBook) -> dict[str, object]:
    """What stands in the form of a task book."""
    return {"starts_on": taskbook.starts_on, "ends_on": taskbook.ends_on, "terms": taskbook.terms}


def milestone_rows(taskbook: TaskBook) -> list[dict[str, object]]:
    """The rows of the milestones."""
    return [
        {
            "title": each.title, "due_on": each.due_on, "deliverable": each.deliverable,
            "indicator": str(each.indicator_id) if each.indicator_id else "",
            "target": plain(each.target) if each.target is not None else None,
        }
        for each in taskbook.milestones.all()
    ]  # fmt: skip


def instalment_rows(taskbook: TaskBook) -> list[dict[str, object]]:
    """The rows of the instalments."""
    names = ("trigger", "milestone_position", "amount_fen")
    return [{name: getattr(each, name) for name in names} for each in taskbook.instalments.all()]


class SignForm(Form):
    """For which party."""

    party = forms.ChoiceField(choices=TaskParty.choices, widget=forms.HiddenInput)
