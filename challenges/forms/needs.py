"""What a poster types into a need, and what its vetters type about it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from challenges.models import Challenge, Comparator, IpChoice, Rules, RulesClass
from challenges.policy.need_shape import AMOUNTS, INDICATOR_TEXTS, MOST_INDICATORS, MOST_MONTHS, MOST_PLACES, TEXTS
from portal.forms import Form, NumberField, WanField, long_text, rows_of
from portal.show import in_english, show_amount, show_number


def named(row: dict) -> str:
    """A field or class of the rules in the reader's language."""
    return row["name_en"] if in_english() else row["name"]


def class_choices(rules: Rules) -> list[tuple[str, str]]:
    """The classes of the rules, with the most the city gives."""
    return [
        (each.code, _("%(name)s (the city gives at most %(most)s)") % {"name": each, "most": show_amount(each.cap_fen, places=0, unit=True)})
        for each in sorted(rules.classes.all(), key=lambda each: -each.cap_fen)
    ]


class StartForm(Form):
    """The few things a need begins with."""

    poster_id = forms.ChoiceField(label=_("Organisation"))
    class_code = forms.ChoiceField(label=_("Class of project"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Title"),
        max_length=TEXTS["title"],
        help_text=_("Say what is to be achieved, for what use. You can change it later."),
    )

    def __init__(self, *args, call, posters, **options) -> None:
        super().__init__(*args, **options)
        self.fields["poster_id"].choices = [(str(poster.pk), str(poster)) for poster in posters]
        self.fields["class_code"].choices = class_choices(call.rules)
        if len(posters) == 1:
            self.fields["poster_id"].widget = forms.HiddenInput()
            self.fields["poster_id"].initial = str(posters[0].pk)


def text(label, *, rows: int, most: int, help_text) -> forms.CharField:
    """A long text of a need; nothing has to be filled in to save."""
    return forms.CharField(
        label=label, required=False, max_length=most, strip=True, widget=long_text(rows=rows), help_text=help_text
    )


class NeedForm(Form):
    """A whole need; it may be saved with anything still empty."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    title = forms.CharField(label=_("Title"), max_length=TEXTS["title"])
    class_code = forms.ChoiceField(label=_("Class of project"), widget=forms.RadioSelect)
    field = forms.ChoiceField(label=_("Field of technology"), required=False)
    background = text(
        _("What is difficult, and why"), rows=6, most=TEXTS["background"],
        help_text=_("Where you stand today, what you tried, and why you cannot solve it alone."),
    )  # fmt: skip
    content = text(
        _("Research content"), rows=8, most=TEXTS["content"],
        help_text=_("What the bidder is to do, and what you contribute: sites, samples, data."),
    )  # fmt: skip
    scenario = text(
        _("Where it will be used"), rows=3, most=TEXTS["scenario"],
        help_text=_("Products, lines or sites in which the result will be put to use."),
    )  # fmt: skip
    total_fen = WanField(label=_("Total investment"), required=False)
    own_fen = WanField(label=_("Own funds of the poster"), required=False)
    city_fen = WanField(label=_("Requested from the city"), required=False)
    other_fen = WanField(label=_("Other sources"), required=False, help_text=_("Counts neither as yours nor as the city's."))
    board_fen = WanField(
        label=_("Money on the board for the bidder"), required=False, zero=False,
        help_text=_("What you will pay the bidder under the agreement. Leave it empty for “negotiable”."),
    )  # fmt: skip
    ip_choice = forms.ChoiceField(label=_("Ownership of results"), required=False, widget=forms.RadioSelect)
    ip_terms = text(
        _("Terms on intellectual property"), rows=3, most=TEXTS["ip_terms"],
        help_text=_("Licences, publications, improvements: what an agreement will have to say."),
    )  # fmt: skip
    months = forms.IntegerField(label=_("Length of the project in months"), required=False, min_value=0, max_value=MOST_MONTHS)
    bidder_conditions = text(
        _("Conditions for bidders"), rows=4, most=TEXTS["bidder_conditions"],
        help_text=_("Only what the work needs. Conditions that fit one chosen partner are returned."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Contact"), required=False, max_length=TEXTS["contact"],
        help_text=_("From the profile; you may write another for this need. It is shown to everybody on the board."),
    )  # fmt: skip
    declared_unclassified = forms.BooleanField(
        label=_("This need contains nothing classified and no state or trade secrets of others."), required=False
    )
    declared_commitment = forms.BooleanField(
        label=_("We have checked ourselves: what is written is true, and our own funds are there."), required=False
    )

    file = forms.FileField(label=_("Add a file"), required=False, max_length=200, allow_empty_file=True)

    def __init__(self, *args, rules: Rules, terms: RulesClass, **options) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = file_limits(rules)
        self.fields["file"].widget.attrs["accept"] = ",".join(rules.file_kinds)
        self.fields["class_code"].choices = class_choices(rules)
        self.fields["field"].choices = [("", _("Choose a field")), *((row["code"], named(row)) for row in rules.fields)]
        self.fields["ip_choice"].choices = IpChoice.choices
        self.fields["months"].help_text = _("At most %(most)s months in this class.") % {"most": terms.months_most}
        self.fields["city_fen"].help_text = _(
            "At most %(most)s, and at most %(percent)s %% of the total investment. You carry at least %(least)s %%."
        ) % {
            "most": show_amount(terms.cap_fen, places=0, unit=True),
            "percent": show_number(terms.most_percent),
            "least": show_number(terms.least_percent),
        }

    def clean(self) -> dict:
        """Amounts that were left empty are nothing; no money on the board means negotiable."""
        cleaned = super().clean()
        for name in (*AMOUNTS, "months"):
            if name in cleaned:
                cleaned[name] = cleaned[name] or 0
        return cleaned

    @property
    def columns(self) -> dict[str, object]:
        """What the action takes: every column that could be read, without version and file."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "file")}


def need_initial(challenge: Challenge) -> dict[str, object]:
    """What stands in the form of a need."""
    names = [name for name in NeedForm.base_fields if name != "file"]
    filled = {name: getattr(challenge, name) for name in names}
    for name in (*AMOUNTS, "months"):
        filled[name] = filled[name] or None
    return filled


class IndicatorForm(Form):
    """One row: what is measured, how it compares with which value, and how it will be tested."""

    name = forms.CharField(label=_("Indicator"), max_length=INDICATOR_TEXTS["name"])
    comparator = forms.ChoiceField(label=_("Comparison"), choices=Comparator.choices, initial=Comparator.AT_MOST)
    value = NumberField(label=_("Value"), max_digits=18, decimal_places=MOST_PLACES)
    unit = forms.CharField(label=_("Unit"), max_length=INDICATOR_TEXTS["unit"], required=False)
    test_method = forms.CharField(label=_("Test method"), max_length=INDICATOR_TEXTS["test_method"])

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.empty_permitted = True

    def has_changed(self) -> bool:
        """Whether something stands in the row; one in which only the comparison is chosen is empty, as is a cleared one."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields if name not in ("comparator", "DELETE"))


IndicatorRows = rows_of(IndicatorForm, extra=2, most=MOST_INDICATORS)


KINDS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG", "text/plain": "TXT"}


def file_limits(rules: Rules) -> str:
    """What may be added: kinds, size and number, said before somebody chooses."""
    return _("%(kinds)s, at most %(size)s MiB each, at most %(most)s files.") % {
        "kinds": ", ".join(KINDS.get(kind, kind) for kind in rules.file_kinds),
        "size": rules.file_most_mib,
        "most": rules.files_most,
    }


PASS, RETURN, REJECT = "pass", "return", "reject"


class DecisionForm(Form):
    """A vetter's decision and reason; the button that was pressed says which."""

    outcome = forms.ChoiceField(choices=[(PASS, PASS), (RETURN, RETURN), (REJECT, REJECT)], widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Opinion or reason"),
        required=False,
        max_length=4000,
        widget=long_text(rows=4),
        help_text=_("Needed to return or reject: what is wrong, and what the poster should do."),
    )

    def clean(self) -> dict:
        """A need is not returned or rejected without a reason."""
        cleaned = super().clean()
        if cleaned.get("outcome") in (RETURN, REJECT) and not cleaned.get("why"):
            self.add_error("why", ValidationError(_("Write what is wrong and what the poster should do."), code="reason_missing"))
        return cleaned


class ReasonForm(Form):
    """Why a case is withdrawn."""

    why = forms.CharField(label=_("Reason"), max_length=4000, widget=long_text(rows=4))
