"""What is typed to propose a value for a setting of the city, and to write a legal text."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.forms import DayField, Form, long_text
from portal.known_settings import BILINGUAL, DAYS, LONGEST, MINUTES, NUMBER, SWITCH, Known

VALUE = pgettext_lazy("of a setting", "Value")
UNITS = {DAYS: _("days"), MINUTES: _("minutes")}


class SettingForm(Form):
    """A value for one setting, its first day, and why."""

    def __init__(self, *args: object, known: Known, **options: object) -> None:
        super().__init__(*args, **options)
        self.known = known
        self.fields.update(_value_fields(known))
        self.fields["starts_on"] = DayField(label=_("In force from"))
        self.fields["why"] = forms.CharField(label=_("Reason"), max_length=300, widget=long_text(rows=2))

    @property
    def proposed(self) -> dict:
        """What the action takes; it checks the value."""
        typed = dict(self.cleaned_data)
        if self.known.kind == BILINGUAL:
            typed["value"] = {"zh": typed.pop("value"), "en": typed.pop("value_en")}
        return typed


def _value_fields(known: Known) -> dict[str, forms.Field]:
    if known.kind == BILINGUAL:
        return {
            "value": forms.CharField(label=_("In Chinese"), max_length=LONGEST, required=False),
            "value_en": forms.CharField(label=_("In English"), max_length=LONGEST, required=False),
        }
    if known.kind == SWITCH:
        choices = [("true", _("yes")), ("false", _("no"))]
        return {"value": forms.ChoiceField(label=VALUE, choices=choices, widget=forms.RadioSelect)}
    if known.kind in (DAYS, MINUTES, NUMBER):
        limits = _("From %(least)s to %(most)s.") % {"least": known.least, "most": known.most}
        widget = forms.TextInput(attrs={"inputmode": "numeric"})
        return {"value": forms.CharField(label=UNITS.get(known.kind, VALUE), max_length=6, widget=widget, help_text=limits)}
    return {"value": forms.CharField(label=VALUE, max_length=LONGEST, required=False)}


class LegalTextForm(Form):
    """A new version of a legal text in both languages."""

    starts_on = DayField(label=_("In force from"))
    text_zh = forms.CharField(
        label=_("Text in Chinese"), widget=long_text(rows=14), max_length=50_000,
        help_text=_("Plain paragraphs with an empty line between them; a line that begins with # is a heading."),
    )  # fmt: skip
    text_en = forms.CharField(label=_("Text in English"), widget=long_text(rows=14), max_length=50_000)
