"""The style guide: every component with sample values, for those who write pages. Only under DEBUG."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal import faces
from portal.clock import portal_now
from portal.forms import DayField, Form, MomentField, NumberField, WanField, long_text, rows_of
from portal.kernel.errors import Refused
from portal.kernel.verdict import no
from portal.tones import TONES
from portal.web import page

WAN = 1_000_000


class SampleForm(Form):
    """Every kind of field once."""

    title = forms.CharField(label=_("Title"), max_length=60, help_text=_("At most 60 characters."))
    price = WanField(label=_("Price"), help_text=_("What the poster pays the bidder."), most_fen=5000 * WAN)
    closes_at = MomentField(label=_("Deadline"))
    starts_on = DayField(label=_("Begins on"), required=False)
    weight = NumberField(label=_("Weight"), unit="%", required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), ("a", _("Major class")), ("b", _("Key class"))])
    way = forms.ChoiceField(
        label=_("Bidding as"), choices=[("x", _("Alone")), ("y", _("As a consortium"))], widget=forms.RadioSelect
    )
    problem = forms.CharField(label=_("Problem"), widget=long_text())
    paper = forms.FileField(label=_("Attachment"), required=False)
    agreed = forms.BooleanField(label=_("I have read all of it"))


class SampleRow(Form):
    """One indicator."""

    name = forms.CharField(label=_("Indicator"), max_length=40)
    required = forms.CharField(label=_("Required"), max_length=20)
    unit = forms.CharField(label=_("Unit"), max_length=10, required=False)


@page("portal/style.html", public=True)
def guide(request: HttpRequest) -> dict:
    """All components on one page; posting the form shows a refusal with everything typed kept."""
    now = portal_now()
    form = SampleForm(request.POST or None, request.FILES or None)
    rows = rows_of(SampleRow, extra=2)(
        request.POST or None, prefix="rows", initial=[{"name": "误差", "required": "≤ 0.05", "unit": "% FS"}]
    )
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        raise Refused(
            "sample",
            _("The city gives at most %(most_fen)s for this need; you asked for %(asked_fen)s."),
            most_fen=960 * WAN,
            asked_fen=1000 * WAN,
        )
    return {
        "now": now,
        "soon": now + timedelta(days=1, minutes=29),
        "later": now + timedelta(days=16, hours=6),
        "past": now - timedelta(days=2),
        "form": form,
        "rows": rows,
        "tones": TONES,
        "fen": 1200 * WAN,
        "odd_fen": 1234_567,
        "refused": no(_("Only an administrator of the bidding organisation may seal this bid.")),
        "digest": "9c417be052d8a6f31e07c94b80ad35f27718e3c604b9d25af16e8c304b97a2d1",
        "page": Paginator(range(38), 10).get_page(request.GET.get("page")),
        "stages": stages(),
        "todos": todos(now),
        "checks": checks(),
        "signers": signers(now),
        "happenings": [
            faces.Happening(_("Bid sealed"), now, "顾明", _("before the deadline")),
            faces.Happening(_("Opening"), state="now"),
            faces.Happening(_("Scores"), state=""),
        ],
        "ruler": faces.Ruler(
            2600 * WAN,
            [faces.Part(_("Own money"), 1600 * WAN), faces.Part(_("City money"), 1000 * WAN, "b")],
            _("Own money 61.5 %, above the floor of 60 %."),
            [faces.Mark(1560 * WAN, _("Floor 60 %"))],
        ),
        "spent": faces.Ruler(
            8000 * WAN,
            [faces.Part(_("Paid"), 2110 * WAN), faces.Part(_("Committed"), 1120 * WAN, "hatched")],
            _("2,110 paid, 1,120 committed, the rest is free."),
        ),
        "bars": [faces.Bar(_("Submitted"), 47), faces.Bar(_("Pooled"), 30, "−17"), faces.Bar(_("Signed"), 14, "−16")],
        "scored": scored(),
        "tabs": [
            faces.Tab(_("The challenge"), "#", current=True),
            faces.Tab(_("Questions"), "#q", count=3),
            faces.Tab(_("Files"), "#f", count=4),
        ],
        "case": SimpleNamespace(
            state="published",
            get_state_display=lambda: _("Open for bids"),
            _meta=SimpleNamespace(model_name="challenge"),
        ),
    }


def stages() -> list[faces.Stage]:
    """A case that is open for bids."""
    words = [
        (_("Pooled"), "4月29日"),
        (_("Public notice"), "5月9日"),
        (_("Open for bids"), "6月10日 17:00"),
        (_("Opening"), ""),
        (_("Scoring"), ""),
        (_("Agreement"), ""),
    ]
    states = ["done", "done", "now", "", "", ""]
    return [faces.Stage(word, note, state) for (word, note), state in zip(words, states, strict=True)]


def todos(now) -> list[faces.Todo]:
    """Something late, something today, something later, something undated."""
    return [
        faces.Todo(_("Check the bid of the institute"), "#", _("Check the bid"), now - timedelta(days=1), "Z-007"),
        faces.Todo(
            _("Answer 2 public questions"), "#", _("Answer now"), now + timedelta(minutes=90), "G-033 城市桥梁健康监测"
        ),
        faces.Todo(_("Name the panel"), "#", _("Choose experts"), now + timedelta(days=9), "G-019"),
        faces.Todo(_("Complete your organisation's entry"), "#", _("Complete the entry")),
    ]


def checks() -> list[faces.Check]:
    """One of each state."""
    return [
        faces.Check(_("The organisation is verified")),
        faces.Check(
            _("Your role is viewer"),
            "missing",
            _("Bidding needs an editor or administrator. Ask Gu Ming."),
            url="#",
            act=_("Ask Gu Ming"),
        ),
        faces.Check(_("Shares confirmed by all members"), "pending", end=_("by 9 June")),
        faces.Check(_("Attachment 3 is a scan"), "warn", _("You can seal it; experts cannot search in it.")),
    ]


def signers(now) -> list[faces.Signer]:
    """A chain of three."""
    return [
        faces.Signer("甲量子仪器", _("poster"), at=now - timedelta(hours=3), state="done"),
        faces.Signer("顾明", _("bidder"), _("you"), state="now", you=True),
        faces.Signer("林知远", _("registers it")),
    ]


def scored() -> list[faces.Scored]:
    """The three bids of the worked example."""
    sheets = {"A": [91, 88, 90, 86, 93, 89, 84], "B": [85, 87, 82, 90, 84, 86, 88], "C": [78, 74, 80, 82, 76, 71, 79]}
    official = {"A": "88.80", "B": "86.00", "C": "77.40"}
    return [
        faces.Scored(
            f"{name} 乙测量院",
            [faces.Points(Decimal(total), total in (max(totals), min(totals))) for total in totals],
            Decimal(official[name]),
            rank,
            _("alone"),
            (Decimal(sum(totals)) / 7).quantize(Decimal("0.01")),
        )
        for rank, (name, totals) in enumerate(sheets.items(), 1)
    ]
