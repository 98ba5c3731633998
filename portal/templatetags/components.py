"""The components: what each accepts. How each looks: ``templates/components/<name>.html``."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal
from zlib import crc32

from django.conf import settings
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.template import Library

from portal.component import block, inline
from portal.faces import Bar, Check, Happening, Ruler, Scored, Signer, Stage, Tab, Text, Todo
from portal.kernel.verdict import YES, Verdict
from portal.masked import KINDS
from portal.plotting import axis_of, draw_ruler, draw_scores
from portal.show import in_english, listed, show_day, show_left, show_moment
from portal.timing import countdown, grouped, urgency
from portal.tones import ICONS, TONES, Tone, tone_of
from portal.words import things_missing

register = Library()

Shown = Mapping[str, Any]
Note = Literal["info", "warn", "stop", "done", "seal"]

SHIPPED: Final = frozenset(json.loads((settings.BASE_DIR / "static/vendor/manifest.json").read_text())["icons"])
"""The icons in the sprite; another one is added to static/vendor/manifest.json and repacked."""
MAYBE: Final = SHIPPED | {""}
NOTE_ICONS: Final = {
    "info": "info-circle", "warn": "alert-triangle", "stop": "circle-x", "done": "circle-check", "seal": "lock",
}  # fmt: skip
CHECK_ICONS: Final = {
    "met": ("circle-check", "ok"), "missing": ("circle-x", "no"), "pending": ("circle", "wait"), "warn": ("alert-triangle", "warn"),
}  # fmt: skip


# Small marks -----------------------------------------------------------------


@inline(register, name=SHIPPED)
def icon(name: str, tone: Literal["", "ok", "no", "wait", "warn"] = "") -> Shown:
    """An icon beside a word, hidden from readers."""
    return {"name": name, "tone": tone}


@inline(register, icon=MAYBE, tone=TONES)
def chip(word: Text, tone: Tone = "draft", icon: str = "") -> Shown:
    """A state: icon, word and tone."""
    return {"word": word, "tone": tone, "icon": icon or ICONS[tone]}


@inline(register)
def state_badge(of: Any) -> Shown:
    """The chip of a row with a ``state``."""
    tone, icon = tone_of(str(of.state), of._meta.model_name)
    return {"word": of.get_state_display(), "tone": tone, "icon": icon}


@inline(register)
def tag(word: Text) -> Shown:
    """A class or kind."""
    return {"word": word}


@inline(register)
def hint(text: Text, id: str = "") -> Shown:
    """A small line of help."""
    return {"text": text, "id": id}


@inline(register)
def masked(code: str, row: Any, reader: Any, look: bool = False) -> Shown:
    """A personal value as ``reader`` may see it without a purpose; with ``look`` a way to see it in full."""
    kind = KINDS[code]
    shown = kind.as_read_by(reader, row)
    return {"shown": shown, "code": code, "row": row, "look": bool(look and shown) and not kind.is_own(reader, row)}


@inline(register)
def hash_(value: Text, kind: str = "") -> Shown:
    """A hash, fingerprint or signature in groups of four."""
    text = str(value or "")
    return {"kind": kind, "groups": " ".join(text[at : at + 4] for at in range(0, len(text), 4))}


@inline(register)
def avatar(name: Text, you: bool = False) -> Shown:
    """The round mark of a person: a Chinese surname, or the first letter."""
    return {"letter": str(name)[:1].upper(), "you": you}


@inline(register)
def figure(word: Text, value: Text, unit: Text = "", note: Text = "") -> Shown:
    """One number with its name above and its unit small; several stand in a ``.jb-figures``."""
    return {"word": word, "value": value, "unit": unit, "note": note}


# Acts ------------------------------------------------------------------------


@inline(register, icon=MAYBE)
def button(
    word: Text,
    href: str = "",
    kind: Literal["primary", "outline", "quiet", "stop"] = "primary",
    verdict: Verdict = YES,
    icon: str = "",
    small: bool = False,
    wide: bool = False,
    name: str = "",
    value: Text = "",
    form: str = "",
    why: str = "",
) -> Shown:
    """An act: a link with ``href``, else the form's submit button; greyed with its reason where the verdict is no.

    ``why`` is the id of a checklist that gives the reasons instead of the verdict's own line.
    """
    shown = {"word": word, "href": href, "kind": kind, "icon": icon, "small": small, "wide": wide}
    shown |= {"name": name, "value": value, "form": form, "why": why, "allowed": bool(verdict)}
    if not verdict:
        shown["reason"] = "" if why else verdict.reason
        shown["why"] = why or f"why-{crc32(f'{word}{verdict.reason}'.encode()):x}"
    return shown


@block(register, "acts")
def actionbar() -> Shown:
    """The bar at the foot of a long form: what is saved on the left, ``{% acts %}`` on the right."""
    return {}


@inline(register)
def form_note(form: BaseForm | BaseFormSet) -> Shown:
    """Above a form: why it was refused, and links to the fields that need another look."""
    if isinstance(form, BaseFormSet):
        return {"sentences": form.non_form_errors() if form.is_bound else [], "fields": []}
    fields = [field for field in form.visible_fields() if field.errors] if form.is_bound else []
    return {"sentences": form.non_field_errors() if form.is_bound else [], "fields": fields}


# The head of a page ----------------------------------------------------------


@block(register)
def crumb() -> Shown:
    """Where this page lies: ``<a>`` for each step, ``<span>`` for the last."""
    return {}


@block(register, "meta", "do")
def case_head(title: Text, number: Text = "", of: Any = None) -> Shown:
    """The head of a case: body = tags beside the number, ``{% meta %}`` = small facts, ``{% do %}`` = the primary act."""
    return {"title": title, "number": number, "of": of}


@block(register)
def titlebar(title: Text, note: Text = "", lead: Text = "") -> Shown:
    """The head of a page that is no case; the body stands at the right."""
    return {"title": title, "note": note, "lead": lead}


@inline(register)
def status_line(
    stage: Text, who: Text = "", who_note: Text = "", expected: Text = "", expected_note: Text = "", next: Text = ""
) -> Shown:
    """One on every case: stage, who acts, by when, what comes next."""
    shown = {"stage": stage, "who": who, "who_note": who_note, "next": next}
    return shown | {"expected": expected, "expected_note": expected_note}


@inline(register)
def stages(items: Sequence[Stage]) -> Shown:
    """The stage ruler."""
    return {"items": items}


@inline(register)
def tabs(items: Sequence[Tab], label: Text = "") -> Shown:
    """Tabs of a page; they are links."""
    return {"items": items, "label": label}


# Sheets and what stands in them ----------------------------------------------


@block(register, "foot")
def card(
    title: Text = "",
    note: Text = "",
    link: str = "",
    act: Text = "",
    id: str = "",
    first: bool = False,
    flush: bool = False,
    tone: Literal["", "info", "warn", "stop", "done", "seal"] = "",
) -> Shown:
    """One subject on a sheet; ``flush`` for tables and lists, ``first`` comes up on phones, ``{% foot %}`` below."""
    return {
        "title": title,
        "note": note,
        "link": link,
        "act": act,
        "id": id,
        "first": first,
        "flush": flush,
        "tone": tone,
    }


@block(register)
def note(tone: Note = "info", title: Text = "", icon: Literal[""] | str = "", alert: bool = False) -> Shown:
    """At most one above a form; ``alert`` is read out at once."""
    return {"tone": tone, "title": title, "icon": icon or NOTE_ICONS[tone], "alert": alert}


@block(register)
def kv(stack: bool = False) -> Shown:
    """Facts of one thing; the body is a row of ``{% fact %}``."""
    return {"stack": stack}


@block(register)
def fact(word: Text) -> Shown:
    """One fact in a ``{% kv %}``."""
    return {"word": word}


@block(register)
def table(
    fold: Literal["pair", "stack", "ranks", "tight"], caption: Text = "", dense: bool = False, label: Text = ""
) -> Shown:
    """A table; ``fold`` says how it folds on phones. Under ``stack`` each cell carries ``data-l``."""
    return {"fold": fold, "caption": caption, "dense": dense, "label": label}


@inline(register)
def todo(items: Sequence[Todo], now: datetime) -> Shown:
    """What is to be done, grouped by due date; the first act is the page's primary one."""
    return {"groups": grouped(items, now)}


@inline(register)
def checks(items: Sequence[Check], id: str = "") -> Shown:
    """Conditions with their remedies, and above them how many are missing."""
    missing = sum(item.state == "missing" for item in items)
    rows = [{"item": item, "icon": CHECK_ICONS[item.state][0], "tone": CHECK_ICONS[item.state][1]} for item in items]
    return {"rows": rows, "id": id, "missing": things_missing(missing) if missing else ""}


@inline(register)
def chain(items: Sequence[Signer]) -> Shown:
    """Who signs, in order."""
    return {"items": items}


@inline(register)
def line(items: Sequence[Happening]) -> Shown:
    """A short history."""
    return {"items": items}


@block(register)
def empty(title: Text, icon: Literal[""] | str = "inbox") -> Shown:
    """Nothing here: what would be here, and in the body how it comes."""
    return {"title": title, "icon": icon}


@block(register)
def paper(title: Text, number: Text = "") -> Shown:
    """What is printed and kept."""
    return {"title": title, "number": number}


@inline(register)
def seal(word: Text, at: datetime) -> Shown:
    """The cinnabar stamp on a receipt."""
    return {"word": word, "at": at, "long": in_english()}


@inline(register)
def pagination(page: Page, word: Text = "") -> Shown:
    """Which part of a list this is, and the way to the next."""
    return {"page": page, "word": word}


# Time, amounts, scores -------------------------------------------------------


@inline(register)
def deadline(at: datetime, now: datetime, word: Text = "", over: Text = "", rule: Text = "") -> Shown:
    """A countdown by the server's clock with the exact moment; at the moment itself is still in time."""
    shown = {"at": at, "now": now, "word": word, "over": over, "rule": rule}
    return shown | {"left": countdown(at, now), "urgency": urgency(at, now), "when": show_moment(at, seconds=True)}


@inline(register)
def due(at: datetime, now: datetime, date: bool = True) -> Shown:
    """What is left until a moment, in one short line, with its date."""
    return {
        "at": at,
        "left": show_left(at, now),
        "urgency": urgency(at, now),
        "day": show_day(at, year=False, weekday=True),
        "date": date,
    }


@inline(register)
def ruler(of: Ruler) -> Shown:
    """Amounts beside their limit."""
    return draw_ruler(of)


@inline(register)
def bars(items: Sequence[Bar], label: Text) -> Shown:
    """Counts by stage, with the loss at each step."""
    most = max((item.count for item in items), default=0) or 1
    return {"rows": [{"item": item, "width": f"{item.count * 100 / most:.1f}%"} for item in items], "label": label}


@inline(register)
def plot(items: Sequence[Scored], pass_line: Any = None) -> Shown:
    """The scores of each bid on one axis; dropped sheets hollow."""
    axis = axis_of(items, pass_line)
    rows = [
        {"item": item, "drawn": draw_scores(item, axis), "heard": listed(p.total for p in item.points)}
        for item in items
    ]
    return {
        "rows": rows,
        "axis": axis,
        "pass_line": pass_line,
        "pass_x": axis.place(pass_line) if pass_line is not None else "",
    }
