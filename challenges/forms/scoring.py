"""What an expert types: the declarations, the reason for leaving a seat, and the score sheet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from challenges.models import Criterion
from portal.forms import Form, NumberField, long_text

LONGEST = 4000


class AcceptForm(Form):
    """The two declarations that come before any file."""

    no_conflict = forms.BooleanField(
        label=_(
            "I have no conflict of interest with any of these organisations: I neither work nor have lately worked "
            "for one, I am not related to its people, I hold no share in it and am not paid by it."
        )
    )
    confidential = forms.BooleanField(
        label=_("I keep everything about this review confidential, and score on my own judgement alone.")
    )


class LeaveForm(Form):
    """Why an expert does not take part, or steps back."""

    why = forms.CharField(label=_("Reason"), max_length=LONGEST, widget=long_text(rows=4))


class SheetForm(Form):
    """One sheet: points and words for every criterion of the rubric, and an overall comment."""

    comment = forms.CharField(
        label=_("Overall comment"),
        help_text=_("Needed to hand in. The bidder reads it without your name."),
        max_length=LONGEST,
        required=False,
        widget=long_text(rows=4),
    )

    def __init__(self, *args, criteria: Sequence[Criterion], given: Mapping[str, tuple] | None = None, **options) -> None:
        super().__init__(*args, **options)
        self.criteria = criteria
        for criterion in criteria:
            points, words = (given or {}).get(str(criterion.pk), (None, ""))
            self.fields[f"points_{criterion.pk}"] = NumberField(
                label=str(criterion),
                min_value=Decimal(0),
                max_value=criterion.weight_percent,
                decimal_places=2,
                max_digits=6,
                required=False,
                initial=_plain(points),
            )
            self.fields[f"words_{criterion.pk}"] = forms.CharField(
                label=_("Reason for %(criterion)s") % {"criterion": criterion},
                max_length=LONGEST,
                required=False,
                initial=words,
                widget=long_text(rows=2),
            )

    @property
    def lines(self) -> list[tuple[Criterion, BoundField, BoundField]]:
        """Each criterion with its two fields."""
        return [(each, self[f"points_{each.pk}"], self[f"words_{each.pk}"]) for each in self.criteria]

    @property
    def points(self) -> dict[UUID, Decimal | None]:
        """The points by criterion, as typed."""
        return {each.pk: self.cleaned_data[f"points_{each.pk}"] for each in self.criteria}

    @property
    def words(self) -> dict[UUID, str]:
        """The reasons by criterion, as typed."""
        return {each.pk: self.cleaned_data[f"words_{each.pk}"] for each in self.criteria}


def _plain(points: Decimal | None) -> str:
    return "" if points is None else f"{points.normalize():f}"
