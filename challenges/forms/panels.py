"""What is typed when a panel is convened and its experts are named."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import Rules
from challenges.queries.drawing import PoolExpert
from portal.forms import Form, MomentField

LARGEST = 99


class ConveneForm(Form):
    """How many experts, and by when their sheets are due."""

    size = forms.IntegerField(label=_("Number of experts"), min_value=1, max_value=LARGEST)
    due_at = MomentField(label=_("Sheets are due by"))

    def __init__(self, *args, rules: Rules, **options) -> None:
        super().__init__(*args, **options)
        self.fields["size"].help_text = _("At least %(least)s by the rules of this call.") % {"least": rules.panel_least}
        self.fields["size"].initial = rules.panel_least


class NamingForm(Form):
    """Which experts of the pool are invited; drawn by hand beside what speaks against each."""

    experts = forms.TypedMultipleChoiceField(
        label=_("Experts"), coerce=UUID, error_messages={"required": _("Nobody is chosen yet. Choose experts first.")}
    )

    def __init__(self, *args, pool: Sequence[PoolExpert], **options) -> None:
        super().__init__(*args, **options)
        self.fields["experts"].choices = [(str(each.expert.pk), str(each.expert)) for each in pool]

    @property
    def chosen(self) -> set[str]:
        """The ids that were ticked, also where the form was refused."""
        return set(self.data.getlist("experts")) if self.is_bound else set()
