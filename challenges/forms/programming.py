"""What an officer types to set up a programme, a version of its rules, and a call."""

from collections.abc import Iterator
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from challenges.models import Rules, RulesClass, SealMode, ShareBase
from challenges.policy.affiliations import BLOCKING
from challenges.queries.programming import KINDS, STEPS, TIES, UNITS
from portal.forms import DayField, Form, MomentField, NumberField, WanField, rows_of
from portal.models import DishonestyKind, Tie

WHOLE = (
    "notice_working_days", "bidding_days", "bids_least", "winners_most", "panel_least", "invitation_days",
    "credit_check_days", "conflict_years", "sheets_least", "trim_from", "files_most", "file_most_mib",
)  # fmt: skip


STANDING = ("credit_gates", "dishonesty_bars", "share_flag_percent", "share_block_percent", "affiliation_blocks")
BLOCKS = [(kind, Tie(kind).label) for kind in BLOCKING]


class ProgrammeForm(Form):
    """A programme's two names; it begins with the shipped rules."""

    name = forms.CharField(label=_("Chinese name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=120)


class CallForm(Form):
    """A call for needs."""

    title = forms.CharField(label=_("Chinese title"), max_length=160)
    title_en = forms.CharField(label=_("English title"), max_length=160)
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"), help_text=_("The exact moment is still in time."))


class SiteForm(Form):
    """A public site on which credit is looked up."""

    code = forms.SlugField(label=_("Short name"), max_length=20)
    name = forms.CharField(label=_("Chinese name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60)
    address = forms.URLField(label=_("Address"), max_length=200, assume_scheme="https")


Sites = rows_of(SiteForm, extra=0, least=1, most=10)


class RulesForm(Form):
    """The next version of the rules; every figure begins at what holds now."""

    valid_from = DayField(label=_("Takes effect on"), help_text=_("Calls that are open keep the version they began under."))
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("The document that lays them down."))
    share_base = forms.ChoiceField(choices=ShareBase)
    notice_before_publishing = forms.BooleanField(required=False)
    seal_mode = forms.ChoiceField(choices=SealMode)
    pass_mark = NumberField(unit=UNITS["pass_mark"], min_value=0, max_value=100, decimal_places=2)
    tie_chain = forms.MultipleChoiceField(choices=TIES.items(), widget=forms.CheckboxSelectMultiple, required=False)
    file_kinds = forms.MultipleChoiceField(choices=KINDS.items(), widget=forms.CheckboxSelectMultiple)
    credit_gates = forms.MultipleChoiceField(choices=STEPS.items(), widget=forms.CheckboxSelectMultiple, required=False)
    dishonesty_bars = forms.MultipleChoiceField(choices=DishonestyKind, widget=forms.CheckboxSelectMultiple, required=False)
    share_flag_percent = NumberField(unit="%", min_value=Decimal("0.01"), max_value=100, decimal_places=2)
    share_block_percent = NumberField(unit="%", min_value=Decimal("0.01"), max_value=100, decimal_places=2)
    affiliation_blocks = forms.MultipleChoiceField(choices=BLOCKS, widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: object, rules: Rules, **options: object) -> None:
        self.rules = rules
        figures = ("source", "share_base", "notice_before_publishing", "seal_mode", "pass_mark", "tie_chain", "file_kinds", *STANDING, *WHOLE)
        super().__init__(*args, initial={name: getattr(rules, name) for name in figures}, **options)
        for name in WHOLE:
            self.fields[name] = NumberField(unit=UNITS[name], min_value=0, max_value=9999, decimal_places=0)
        for name in self.fields:
            if not self.fields[name].label:
                self.fields[name].label = Rules._meta.get_field(name).verbose_name

    def clean(self) -> dict[str, object]:
        """The share that excludes is not below the share from which a person decides."""
        cleaned = super().clean()
        flag, block = cleaned.get("share_flag_percent"), cleaned.get("share_block_percent")
        if flag is not None and block is not None and block < flag:
            self.add_error("share_block_percent", _("This share is below the one from which a person decides."))
        return cleaned

    @property
    def figures(self) -> dict[str, object]:
        """The figures as the action takes them."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "valid_from"}
        return cleaned | {name: int(cleaned[name]) for name in WHOLE}


class ClassForm(Form):
    """The terms of one class of projects."""

    cap_fen = WanField(label=_("Most city money for a project"), zero=False)
    most_percent = NumberField(label=_("City money, at most of the total"), unit="%", min_value=0, max_value=100, decimal_places=2)
    least_percent = NumberField(
        label=_("Poster's own money, at least of the total"), unit="%", min_value=0, max_value=100, decimal_places=2
    )
    months_most = NumberField(label=_("Longest period"), unit=_("months"), min_value=1, max_value=240, decimal_places=0)


def class_forms(sent: object, rules: Rules) -> list[tuple[RulesClass, ClassForm]]:
    """A form for each class of a version, filled with what holds now."""
    return [
        (terms, ClassForm(sent, prefix=terms.code, initial={name: getattr(terms, name) for name in ClassForm.base_fields}))
        for terms in rules.classes.all()
    ]


def classes_from(filled: list[tuple[RulesClass, ClassForm]]) -> Iterator[dict[str, object]]:
    """The classes as the action takes them: names and numbers as before, terms as typed."""
    for terms, form in filled:
        kept = {name: getattr(terms, name) for name in ("code", "name", "name_en", "number_format")}
        yield kept | form.cleaned_data | {"months_most": int(form.cleaned_data["months_most"])}
