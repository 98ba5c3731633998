"""Forms: how they are drawn, the fields for money and moments, and keeping what was typed when an action refuses.

A form checks shape, an action checks meaning. When an action refuses after a form was
valid, ``portal.web.page`` runs the page once more inside :func:`running`: there the same
form says no with the action's sentence, so the page shows everything as it was typed.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import PortalError
from portal.kernel.money import wan, wan_to_fen
from portal.show import show_number
from portal.words import sentence

FILL_IN = _("Fill this in.")


@dataclass
class Pass:
    """One run of a page: the refusal it must show, and whether a form of it was found valid."""

    refusal: PortalError | None = None
    was_valid: bool = False
    shown: bool = False


_current: ContextVar[Pass | None] = ContextVar("pass", default=None)


@contextmanager
def running(refusal: PortalError | None = None) -> Iterator[Pass]:
    """One run of a page; with a ``refusal``, its forms say no with that sentence."""
    this = Pass(refusal)
    token = _current.set(this)
    try:
        yield this
    finally:
        _current.reset(token)


class Drawn(BoundField):
    """A field of a form with our classes on its control."""

    def build_widget_attrs(self, attrs: dict, widget: forms.Widget | None = None) -> dict:
        """Add the class that the look needs; ticks and choices have none."""
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        look = (
            "form-select"
            if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect)
            else "form-control"
        )
        if not isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
            attrs["class"] = " ".join(filter(None, [look, widget.attrs.get("class", "")]))
        return attrs

    @property
    def is_tick(self) -> bool:
        """A single box to tick: its label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def unit(self) -> object:
        """The unit beside the control, where the field has one."""
        return getattr(self.field, "unit", "")


class Renderer(TemplatesSetting):
    """Draws every form with the templates in ``templates/forms/``."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = Drawn


class Errors(forms.utils.ErrorList):
    """Errors of a field, drawn with an icon."""

    template_name = "forms/errors.html"


class KeepsTyped:
    """What forms share: they remember that they were valid, and say no while a refusal is shown."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("error_class", Errors)
        super().__init__(*args, **options)
        for asked in getattr(self, "fields", {}).values():
            if asked.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                asked.error_messages["required"] = FILL_IN

    def is_valid(self) -> bool:
        """Whether the shape is right and no action has refused it."""
        valid = super().is_valid()
        this = _current.get()
        if this is None or not valid:
            return valid
        if this.refusal is None:
            this.was_valid = True
            return True
        this.shown = True
        self.refuse(this.refusal)
        return False

    def refuse(self, refusal: PortalError) -> None:
        """Take an action's refusal among the errors: at the field its facts name, else above the form."""
        named = refusal.facts.get("field")
        self.add_error(named if named in self.fields else None, ValidationError(sentence(refusal), code=refusal.code))


class Form(KeepsTyped, forms.Form):
    """The form to begin with."""

    required_css_class = "required"


class ModelForm(KeepsTyped, forms.ModelForm):
    """A form over one row; it still saves nothing itself, the action does."""

    required_css_class = "required"


class Rows(KeepsTyped, forms.BaseFormSet):
    """Several rows of one form: indicators, milestones, members. Draw it with ``{{ rows }}``."""

    def refuse(self, refusal: PortalError) -> None:
        """A refusal of the whole stands above the rows."""
        self._non_form_errors = self.error_class(
            [*self.non_form_errors(), sentence(refusal)], error_class="nonform", renderer=self.renderer
        )

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Word the box that removes a row."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this row")

    @property
    def filled(self) -> list[dict]:
        """The rows that hold something and are not to be removed, as cleaned data in their order."""
        rows = (form.cleaned_data for form in self.forms if form not in self.deleted_forms)
        return [{name: value for name, value in row.items() if name != "DELETE"} for row in rows if row]


def rows_of(form: type[forms.Form], *, extra: int = 1, least: int = 0, most: int = 50) -> type[Rows]:
    """A class of :class:`Rows` over ``form``; without a script, ``extra`` empty rows are there to fill."""
    return forms.formset_factory(
        form,
        formset=Rows,
        extra=extra,
        min_num=least,
        max_num=most,
        validate_min=True,
        validate_max=True,
        can_delete=True,
    )


class WanField(forms.Field):
    """An amount typed in 万元; its value is whole fen, exactly."""

    unit = _("10,000 RMB (万元)")
    default_error_messages = {"largest": _("At most %(most)s."), "positive": _("The amount must be more than nothing.")}

    def __init__(self, *, most_fen: int | None = None, zero: bool = True, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)
        self.most_fen, self.zero = most_fen, zero

    def to_python(self, value: object) -> int | None:
        """Read the amount; full-width digits, commas and a trailing unit are understood."""
        text = plain_digits(value).removesuffix("万元").removesuffix("万").strip()
        if not text:
            return None
        try:
            return wan_to_fen(text)
        except PortalError as refusal:
            raise ValidationError(sentence(refusal), code=refusal.code) from None

    def validate(self, value: int | None) -> None:
        """Not empty where it is needed, not beyond the largest amount."""
        super().validate(value)
        if value is not None and not self.zero and value == 0:
            raise ValidationError(self.error_messages["positive"], code="positive")
        if value is not None and self.most_fen is not None and value > self.most_fen:
            most = f"{show_number(wan(self.most_fen))} 万元"
            raise ValidationError(self.error_messages["largest"], code="largest", params={"most": most})

    def prepare_value(self, value: object) -> object:
        """Fen as they stand in the box; what was typed stays as it was typed."""
        return show_number(wan(value)).replace(",", "") if isinstance(value, int) else value

    def has_changed(self, initial: object, data: object) -> bool:
        """Whether another amount was typed; other commas do not count."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class NumberField(forms.DecimalField):
    """A plain number typed as text, with full-width digits and commas understood."""

    def __init__(self, *, unit: object = "", **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)
        self.unit = unit

    def to_python(self, value: object) -> Decimal | None:
        """Read the number."""
        return super().to_python(plain_digits(value).replace(",", ""))


class MomentField(forms.DateTimeField):
    """A date and hour in China; its value knows its zone."""

    unit = _("China time (UTC+8)")

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(**options)

    def prepare_value(self, value: object) -> object:
        """The moment as the browser's picker wants it."""
        shown = super().prepare_value(value)
        return shown.replace(second=0, microsecond=0) if isinstance(shown, datetime) else shown


class DayField(forms.DateField):
    """A calendar day."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)


def long_text(rows: int = 5, **attrs: Any) -> forms.Textarea:
    """A control for text of several lines."""
    return forms.Textarea(attrs={"rows": rows, **attrs})


def plain_digits(value: object) -> str:
    """What was typed, with full-width digits, points and commas made plain."""
    return normalize("NFKC", str(value if value is not None else "")).replace("，", ",").replace("。", ".").strip()


def bound_and_wrong(context: Mapping[str, Any]) -> bool:
    """Whether a page's context holds a form that was filled in and is not right."""
    held = [value for value in context.values() if isinstance(value, forms.BaseForm | forms.BaseFormSet)]
    return any(form.is_bound and not _right(form) for form in held)


def _right(form: forms.BaseForm | forms.BaseFormSet) -> bool:
    if isinstance(form, forms.BaseFormSet):
        return form.total_error_count() == 0
    return not form.errors
