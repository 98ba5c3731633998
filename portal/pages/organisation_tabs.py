"""The tabs of an organisation's pages; each part of the work adds its own.

::

    organisation_tabs.add(_("Members"), "organisation-members", at=30, when=may_see_members)

in the module of the page; the page puts ``"tabs": tabs_of(request, organisation)`` into its context
and the template ``{% tabs tabs label=_("Organisation") %}`` under the head of the case.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from portal.faces import Tab, Text
from portal.models import Organisation

When = Callable[[object, Organisation], object]


@dataclass(frozen=True)
class Line:
    """One registered tab: its place, its word, the name of its address (taking ``pk``), and for whom."""

    at: int
    word: Text
    route: str
    when: When


_lines: list[Line] = []


def always(user: object, organisation: Organisation) -> bool:
    """For whom a tab stands that everybody has who sees the organisation."""
    return True


def add(word: Text, route: str, *, at: int, when: When = always) -> None:
    """Add a tab: its word, the name of its address, its place, and for whom (a permission of user and organisation)."""
    if all(line.route != route for line in _lines):
        _lines.append(Line(at, word, route, when))
        _lines.sort(key=lambda line: line.at)


def tabs_of(request: HttpRequest, organisation: Organisation) -> Sequence[Tab]:
    """The tabs of an organisation for one person; the longest address above this page is the current one."""
    found = [
        (line.word, reverse(line.route, args=[organisation.pk]))
        for line in _lines
        if line.when(request.user, organisation)
    ]
    here = max((url for _word, url in found if request.path.startswith(url)), key=len, default="")
    return [Tab(word, url, current=url == here) for word, url in found]
