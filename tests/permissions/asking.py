"""Asks the portal as one person would, undoes what was done, and holds two answers against each other."""

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from http.cookies import SimpleCookie
from urllib.parse import quote, unquote
from uuid import uuid4

from django.conf import settings
from django.contrib.sessions.backends.cached_db import KEY_PREFIX
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.datastructures import MultiValueDictKeyError

from tests.permissions.reading import Block
from tests.permissions.remembering import memory
from tests.permissions.situations import Situation

PER_REQUEST = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce-[\w+/=-]+|nonce="[^"]*"|data-clock="[^"]*"|\d\d:\d\d:\d\d'
)
"""What differs between two answers to the same question: tokens against forgery, and the server's clock."""

COMPARED = ("Content-Type", "Content-Disposition", "Location", "ETag", "Last-Modified", "Allow", "Link")
"""Headers that could tell something; the length is that of the body, which is compared itself."""


class Recorded(QueryDict):
    """A query string that notes which names a page reads; ``*`` is the whole of it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.read.clear()

    @property
    def read(self) -> set[str]:
        """The names that were read so far."""
        return self.__dict__.setdefault("_read", set())

    def __getitem__(self, name):
        self.read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name) -> bool:
        self.read.add(name)
        return super().__contains__(name)

    def __bool__(self) -> bool:
        self.read.add("*")
        return len(self) > 0

    def get(self, name, default=None):
        """One value."""
        try:
            return self[name] if self[name] != [] else default
        except MultiValueDictKeyError:
            return default

    def getlist(self, name, default=None):
        """All values."""
        self.read.add(name)
        return super().getlist(name, default)

    def urlencode(self, safe=None) -> str:
        """The whole query string, as a pager writes it on."""
        self.read.add("*")
        return super().urlencode(safe)

    def items(self):
        """Every pair."""
        self.read.add("*")
        return super().items()


def record_what_is_read(monkeypatch) -> None:
    """Let every request note the names of its query string that are read from its view on."""

    def given(request: WSGIRequest) -> Recorded:
        if "_recorded" not in request.__dict__:
            request.__dict__["_recorded"] = Recorded(request.META.get("QUERY_STRING", ""), encoding=request.encoding)
        return request.__dict__["_recorded"]

    resolve = BaseHandler.resolve_request

    def resolved(handler, request):
        request.GET.read.clear()  # what middleware reads for every address is no parameter of a page
        return resolve(handler, request)

    monkeypatch.setattr(WSGIRequest, "GET", property(given))
    monkeypatch.setattr(BaseHandler, "resolve_request", resolved)


def signed_in(person) -> Client:
    """A client in which this person has signed in; a visitor's has nobody."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def address(block: Block, situation: Situation, *, instead: Mapping[str, str] | None = None) -> str:
    """The address of a block in a situation; ``instead`` replaces arguments."""
    filled_in = {key: situation.value(thing) for key, thing in block.arguments.items()}
    return reverse(block.route, kwargs={**filled_in, **(instead or {})})


def ask(
    block: Block,
    situation: Situation,
    client: Client,
    *,
    url: str = "",
    query: Mapping[str, str] | None = None,
    method: str = "",
) -> HttpResponse:
    """Send the request of a block, and undo what it did."""
    url, method = url or address(block, situation), method or block.method
    sent = filled(block.sends if block.sends is not None else {}, situation)
    kept = SimpleCookie(client.cookies.output(header="", sep=";"))
    with memory.of_a_request():
        if method == "GET":
            response = client.get(url, {**sent, **(query or {})})
        elif method in ("HEAD", "OPTIONS"):
            response = client.generic(method, url)
        elif block.route.startswith("api"):
            response = client.generic(method, url, json.dumps(sent), content_type="application/json")
        elif method == "POST":
            response = client.post(url, sent)
        else:
            response = client.generic(method, url)
        response.whole = b"".join(response) if response.streaming else response.content
    client.cookies = kept
    if method not in ("GET", "HEAD", "OPTIONS") and settings.SESSION_COOKIE_NAME in kept:
        cache.delete(KEY_PREFIX + kept[settings.SESSION_COOKIE_NAME].value)  # a copy of what is undone
    return response


def filled(sent: object, situation: Situation) -> object:
    """What is sent, with ``$thing`` replaced by the thing's id."""
    if isinstance(sent, dict):
        return {key: filled(value, situation) for key, value in sent.items()}
    if isinstance(sent, list):
        return [filled(value, situation) for value in sent]
    if isinstance(sent, str) and sent.startswith("$"):
        return situation.value(sent[1:])
    return sent


def outcome(response: HttpResponse) -> str:
    """The word of the table for an answer."""
    status = response.status_code
    if status == 401 or (status == 302 and response["Location"].startswith(reverse("sign-in"))):
        return "sign-in"
    words = {404: "no", 403: "refused", 409: "wrong-state", 400: "wrong-data", 422: "wrong-data"}
    return "yes" if status < 400 else words.get(status, str(status))


def told(response: HttpResponse, *asked: str) -> tuple[int, str, tuple[str, ...]]:
    """What an answer tells: status, body and headers, without what differs each time and without what was ``asked``."""
    kind = response.get("Content-Type", "")
    text = response.whole.decode("utf-8", "replace") if kind.startswith(("text/", "application/json")) else response.whole.hex()
    headers = [f"{name}: {response[name]}" for name in COMPARED if name in response]
    for word in sorted(filter(None, asked), key=len, reverse=True):
        for written in (quote(word, safe="/"), quote(word), quote(word, safe=""), escape(word), word):
            text = text.replace(written, "")
            headers = [header.replace(written, "") for header in headers]
    return response.status_code, PER_REQUEST.sub("", text), tuple(headers)


def first_difference(one: str, other: str) -> str:
    """Where two texts part, with a few words around."""
    at = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(at - 60, 0) : at + 60]!r} / {other[max(at - 60, 0) : at + 60]!r}"


def readable(response: HttpResponse) -> str:
    """Everything of an answer in which a value could stand: body and headers, percent signs undone."""
    headers = unquote("\n".join(f"{name}: {value}" for name, value in response.items()))
    return f"{headers}\n{response.whole.decode('utf-8', 'replace')}"


def things_of(block: Block) -> set[str]:
    """The names of everything that a block speaks of, in its address and in what it sends."""

    def named(sent: object) -> Iterator[str]:
        if isinstance(sent, dict | list):
            for each in sent.values() if isinstance(sent, dict) else sent:
                yield from named(each)
        elif isinstance(sent, str) and sent.startswith("$"):
            yield sent[1:]

    return {thing.partition(".")[0] for thing in (*block.arguments.values(), *named(block.sends))}


def absent(block: Block) -> dict[str, str]:
    """Arguments of the same shape that name nothing; empty where a block has none, or names nothing already."""
    ids = {key for key, thing in block.arguments.items() if thing != "no_key"}
    return {key: str(uuid4()) for key in ids - {"slug", "number", "name", "party", "code"}}


def routes(patterns=None) -> Iterator[tuple[str, str]]:
    """Every named route: API operations with their method, pages without."""
    for name, callback in views(patterns):
        operations = getattr(getattr(callback, "cls", None), "operations", None)
        yield from [(method.upper(), name) for method in operations] if operations else [("", name)]


def views(patterns=None) -> Iterator[tuple[str, object]]:
    """Every named route with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            assert pattern.name, f"{pattern.pattern} has no name"
            yield pattern.name, pattern.callback
