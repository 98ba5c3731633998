"""What a team types into a bid: one form, or rows, for each section, and how it goes into the document."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from challenges.models import Bid
from challenges.policy.shape import MOST_ROWS, ROWS, TEXTS
from challenges.queries.bid_showing import SUBJECTS
from challenges.queries.bidding import leads_for
from portal.forms import Form, NumberField, Rows, WanField, long_text, rows_of
from portal.kernel.money import MOST_FEN
from portal.queries.organisations import verified_name

Filled = Form | Rows
Make = Callable[[QueryDict | None, Mapping[str, object], Bid], Filled]
Read = Callable[[Filled], dict[str, object]]


class StartForm(Form):
    """For which organisation a bid is begun."""

    lead = forms.ModelChoiceField(None, label=_("Bidding organisation"), empty_label=None)

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.fields["lead"].queryset = leads_for(user)


class WithdrawForm(Form):
    """Why a bid is withdrawn; needed once it is open."""

    why = forms.CharField(label=_("Reason"), required=False, max_length=2000, widget=long_text(4))


class FileForm(Form):
    """One file for a bid."""

    content = forms.FileField(label=_("File"))


class SummaryForm(Form):
    """The bid in short: what, for how much, for how long."""

    summary = forms.CharField(label=_("Summary"), required=False, max_length=TEXTS["summary"], widget=long_text(8))
    price_fen = WanField(label=_("Price"), required=False, most_fen=MOST_FEN)
    months = forms.IntegerField(label=_("Months"), required=False, min_value=0, max_value=1200)


class TextForm(Form):
    """A section that is one long text."""

    text = forms.CharField(required=False, strip=True, widget=long_text(18))

    def __init__(self, *args, label, most, **options):
        super().__init__(*args, **options)
        self.fields["text"].label, self.fields["text"].max_length = label, most
        self.fields["text"].validators.append(forms.fields.validators.MaxLengthValidator(most))


class OfferForm(Form):
    """The value offered for one indicator."""

    indicator = forms.CharField(widget=forms.HiddenInput)
    value = NumberField(label=_("Value offered"), required=False, max_digits=18, decimal_places=6)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class TeamRow(Form):
    """One person of the team."""

    name = forms.CharField(label=_("Name"), max_length=120)
    role = forms.CharField(label=_("Part in the project"), max_length=120)
    title = forms.CharField(label=_("Professional title"), required=False, max_length=120)


class MemberRow(Form):
    """One organisation of the consortium; its name comes from the code where the bureau has verified it."""

    uscc = forms.CharField(label=_("Credit code"), max_length=18)
    name = forms.CharField(
        label=_("Organisation"), max_length=120, required=False,
        help_text=_("Only where the code is not registered here; otherwise the name is filled in."),
    )  # fmt: skip
    share_percent = NumberField(label=_("Share"), unit="%", required=False, min_value=0, max_value=100, decimal_places=2)
    task = forms.CharField(label=_("Task"), required=False, max_length=300)

    def clean(self) -> dict:
        """The name that is registered under the code; typed only where none is."""
        cleaned = super().clean()
        if code := cleaned.get("uscc", "").strip().upper():
            cleaned["uscc"] = code
            cleaned["name"] = verified_name(code) or cleaned.get("name", "")
            if not cleaned["name"]:
                self.add_error("name", ValidationError(_("No verified organisation has this code. Write its name."), code="required"))
        return cleaned


class MilestoneRow(Form):
    """One milestone."""

    title = forms.CharField(label=_("Milestone"), max_length=120)
    month = forms.IntegerField(label=_("Month"), required=False, min_value=0, max_value=1200)
    deliverable = forms.CharField(label=_("What is delivered"), required=False, max_length=300)
    amount_fen = WanField(label=_("Payment"), required=False, most_fen=MOST_FEN)


class BudgetForm(Form):
    """The budget by subject."""

    equipment = WanField(label=SUBJECTS["equipment"], required=False, most_fen=MOST_FEN)
    business = WanField(label=SUBJECTS["business"], required=False, most_fen=MOST_FEN)
    labour = WanField(label=SUBJECTS["labour"], required=False, most_fen=MOST_FEN)
    indirect = WanField(label=SUBJECTS["indirect"], required=False, most_fen=MOST_FEN)


Offers = forms.formset_factory(OfferForm, formset=Rows, extra=0, max_num=MOST_ROWS)


def form_for(slug: str, posted: QueryDict | None, document: Mapping[str, object], bid: Bid) -> Filled:
    """The form of a section, holding what was posted, or else what the document says."""
    return MAKERS[slug](posted, document, bid)


def read_from(slug: str, form: Filled) -> dict[str, object]:
    """The fields of the document that a valid form of a section fills."""
    return READERS[slug](form)


def _summary(posted, document, bid) -> Form:
    shown = {name: document[name] or None for name in ("summary", "price_fen", "months")}
    return SummaryForm(posted, initial=shown)


def _text(name: str, label: object) -> Make:
    return lambda posted, document, bid: TextForm(posted, initial={"text": document[name]}, label=label, most=TEXTS[name])


def _offers(posted, document, bid) -> Rows:
    said = {row["indicator"]: row for row in document["offers"]}
    rows = [
        {"indicator": one["id"], "value": said.get(one["id"], {}).get("value"), "note": said.get(one["id"], {}).get("note")}
        for one in bid.asked
    ]
    return Offers(posted, prefix="offers", initial=_unless(posted, rows))


def _rows(name: str, row: type[Form], extra: int = 2) -> Make:
    made = rows_of(row, extra=extra, most=MOST_ROWS)
    return lambda posted, document, bid: made(posted, prefix=name, initial=_unless(posted, document[name]))


def _consortium(posted, document, bid) -> Rows:
    rows = _rows("consortium", MemberRow)(posted, document, bid)
    rows.lead = bid.lead
    return rows


def _unless(posted: QueryDict | None, rows: list[dict]) -> list[dict] | None:
    """What rows begin with; none once they are posted, or a row equal to what was saved since would count as empty."""
    return None if posted else rows


def _budget(posted, document, bid) -> Form:
    return BudgetForm(posted, initial={row["subject"]: row["amount_fen"] for row in document["budget"]})


def _plain(text: str) -> str:
    """A text with line ends as the document has them, whatever the browser sent."""
    return text.replace("\r\n", "\n")


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _filled_rows(name: str) -> Read:
    """The rows as the document keeps them: every column there, decimals as text."""
    columns = ROWS[name]

    def read(form: Rows) -> dict[str, object]:
        return {name: [{column: _kept(kind, row.get(column)) for column, (kind, _most) in columns.items()} for row in form.filled]}

    return read


def _members(form: Rows) -> dict[str, object]:
    """The members as typed; the lead joins them unasked, its share still to be written."""
    found = _filled_rows("consortium")(form)
    if found["consortium"] and form.lead.uscc not in {row["uscc"] for row in found["consortium"]}:
        lead = {"uscc": form.lead.uscc, "name": form.lead.name, "share_percent": "", "task": ""}
        found["consortium"].insert(0, lead)
    return found


def _kept(kind: str, value: object) -> object:
    if kind == "number":
        return _number(value)
    return value if kind in ("whole", "fen") else value or ""


MAKERS: dict[str, Make] = {
    "summary": _summary,
    "offers": _offers,
    "route": _text("route", _("Technical route")),
    "team": _rows("team", TeamRow),
    "consortium": _consortium,
    "milestones": _rows("milestones", MilestoneRow),
    "budget": _budget,
    "risks": _text("risks", _("Risks, and what is done about them")),
    "ip": _text("ip_terms", _("Terms on intellectual property")),
}

READERS: dict[str, Read] = {
    "summary": lambda form: {
        "summary": _plain(form.cleaned_data["summary"]),
        "price_fen": form.cleaned_data["price_fen"] or 0,
        "months": form.cleaned_data["months"] or 0,
    },
    "offers": _filled_rows("offers"),
    "route": lambda form: {"route": _plain(form.cleaned_data["text"])},
    "team": _filled_rows("team"),
    "consortium": _members,
    "milestones": _filled_rows("milestones"),
    "budget": lambda form: {
        "budget": [
            {"subject": name, "amount_fen": form.cleaned_data[name]}
            for name in SUBJECTS
            if form.cleaned_data[name] is not None
        ]
    },
    "risks": lambda form: {"risks": _plain(form.cleaned_data["text"])},
    "ip": lambda form: {"ip_terms": _plain(form.cleaned_data["text"])},
}
