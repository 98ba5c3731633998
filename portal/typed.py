"""What somebody typed into a form that can no longer be saved: shown back to them, so that nothing is lost."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.clock import china_date, portal_now
from portal.queries.members import ended_lately
from portal.words import name_of

SECRET = ("password", "secret", "code", "token", "csrf", "factor", "credential")
"""Parts of names of fields that are never shown back."""
LATELY = timedelta(days=2)
LONGEST = 20_000


@dataclass(frozen=True)
class Typed:
    """One field as it was sent."""

    name: str
    value: str


def typed_in(request: HttpRequest) -> list[Typed]:
    """The words that came with a refused request, without secrets, choices of one letter and files."""
    if request.method != "POST" or not request.user.is_authenticated:
        return []
    return [
        Typed(name_of(name), value[:LONGEST])
        for name, values in request.POST.lists()
        if not any(part in name.lower() for part in SECRET)
        for value in values
        if len(value.strip()) > 1
    ]


def left_lately(request: HttpRequest) -> str:
    """The sentence for somebody whose membership ended while a page was open; nothing otherwise."""
    if request.method != "POST" or not request.user.is_authenticated:
        return ""
    ended = ended_lately(request.user, china_date(portal_now()) - LATELY)
    if ended is None:
        return ""
    sentence = _(
        "You no longer act for %(name)s, so nothing was saved. Copy what you need from below and ask an administrator there."
    )
    return sentence % {"name": ended.organisation.name}
