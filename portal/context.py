"""What every template may use: the server's clock, whether this is a demo, the navigation, who is here, the other language.

Apps add their entries to the navigation from ``apps.py:ready()``:
``context.navigate(_("Boards"), "boards", at=20)``; ``when`` says for whom, and lines with the same
``under`` share one entry in the bar and stand as tabs on their pages. A line under the
person's name comes from ``context.describe``, a count of unread messages from ``context.count_unread``.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from portal.faces import Entry, Tab, Text
from portal.queries.frame import one_frame, present_frame
from portal.queries.settings import foot

Test = Callable[[Any], bool]


@dataclass(frozen=True)
class Line:
    """One registered line of the navigation."""

    at: int
    word: Text
    to: str
    when: Test
    under: Text = ""


_lines: list[Line] = []
_describers: list[Callable[[Any], str]] = []
_counters: list[Callable[[Any], int]] = []


def everybody(user: Any) -> bool:
    """For whom an entry stands that stands for all."""
    return True


def signed_in(user: Any) -> bool:
    """For whom an entry stands that needs a sign-in."""
    return bool(user and user.is_authenticated)


def navigate(word: Text, to: str, *, at: int, when: Test = everybody, under: Text = "") -> None:
    """Add an entry to the navigation: its word, its URL name, its place, for whom, and under which word of the bar."""
    line = Line(at, word, to, when, under)
    if all(other.to != to or other.at != at for other in _lines):
        _lines.append(line)
        _lines.sort(key=lambda each: each.at)


def describe(by: Callable[[Any], str]) -> None:
    """Register who puts the line under a person's name: organisation and role."""
    _describers.append(by)


def count_unread(by: Callable[[Any], int]) -> None:
    """Register who counts a person's unread messages."""
    _counters.append(by)


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    user = getattr(request, "user", None)
    here = signed_in(user)
    frame = SimpleLazyObject(present_frame)
    seen = SimpleLazyObject(lambda: _seen_by(user))
    return {
        "now": SimpleLazyObject(lambda: frame.at),
        "frame": frame,
        "foot": SimpleLazyObject(lambda: foot(frame)),
        "navigation": SimpleLazyObject(lambda: entries(seen, request.path)),
        "beside": SimpleLazyObject(lambda: beside(seen, request.path)),
        "who_note": SimpleLazyObject(
            lambda: " · ".join(filter(None, (by(user) for by in _describers))) if here else ""
        ),
        "unread": SimpleLazyObject(lambda: sum(by(user) for by in _counters) if here else 0),
        "other_language": ("en", "English") if (get_language() or "").startswith("zh") else ("zh-hans", "中文"),
    }


def hold_frame(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware that lets a request read the frame, with the settings of the city, once at most."""

    def held(request: HttpRequest) -> HttpResponse:
        with one_frame():
            return answer(request)

    return held


Seen = Sequence[tuple[Line, str]]
"""The lines that one person sees, each with its address."""


def entries(found: Seen, path: str) -> Sequence[Entry]:
    """The bar of one person; the entry with the longest address above this page is the current one."""
    above = [url for _line, url in found if path == url or (url != "/" and path.startswith(url))]
    here = max(above, key=len, default=None)
    bar: dict[str, Entry] = {}
    for line, url in found:
        word = line.under or line.word
        first = bar.get(str(word))
        bar[str(word)] = Entry(word, first.url if first else url, current=url == here or bool(first and first.current))
    return list(bar.values())


def beside(found: Seen, path: str) -> Sequence[Tab]:
    """The lines that share the bar's entry with the list at this address, as tabs; none elsewhere."""
    under = next((line.under for line, url in found if url == path and line.under), "")
    tabs = [Tab(line.word, url, current=url == path) for line, url in found if under and str(line.under) == str(under)]
    return tabs if len(tabs) > 1 else []


def _seen_by(user: Any) -> Seen:
    found = [(line, _address(line.to)) for line in _lines if line.when(user)]
    return [(line, url) for line, url in found if url]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
