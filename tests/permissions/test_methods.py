"""A method, a content type or a header that nobody expects tells and does no more than the plain question."""

import logging
from collections.abc import Iterator, Mapping

import pytest
from django.http import HttpResponse, JsonResponse
from django.test import Client
from django.urls import path

from challenges.models import Bid
from portal import urls
from tests.permissions.asking import absent, address, filled, first_difference, outcome, signed_in, things_of, told
from tests.permissions.probing import NEW_EACH_TIME
from tests.permissions.reading import ROLES, Block, read_file, read_table
from tests.permissions.remembering import memory
from tests.permissions.situations import SITUATIONS, Situation

METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "TRACE")
BODIES = {"application/json": b'{"why": ', "text/xml": b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"}
HEADERS = {
    "X-HTTP-Method-Override": "DELETE", "X-HTTP-Method": "PUT", "X-Method-Override": "POST", "X-Original-URL": "/needs/",
    "X-Rewrite-URL": "/needs/", "X-Forwarded-User": "officer", "X-Remote-User": "officer", "Remote-User": "officer",
    "X-Forwarded-For": "127.0.0.1", "If-None-Match": "*", "Range": "bytes=0-1",
    "If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT",
}  # fmt: skip
"""What other servers and frameworks take for an order."""
ANSWERS_FORMS_OF_THE_LIBRARY = ("account_", "mfa_", "usersessions_", "socialaccount_", "sign-in", "sign-up", "sign-out")
"""Views of the library for signing in: a PUT to one of its forms is a POST."""


def tells_by_method(request, pk):
    """A leak: refuses a method only where there is something."""
    exists = Bid.objects.filter(pk=pk).exists()
    return HttpResponse(status=405 if request.method == "DELETE" and exists else 404)


def obeys_a_header(request):
    """A leak: takes a header for the method."""
    return JsonResponse({"deleted": request.headers.get("X-HTTP-Method-Override") == "DELETE"})


urlpatterns = [
    *urls.urlpatterns,
    path("planted/<uuid:pk>/", tells_by_method, name="planted-method"),
    path("planted/", obeys_a_header, name="planted-header"),
]
handler404 = urls.handler404


class Tricks:
    """Sends to the addresses of one situation what they do not expect; every line that comes out is wrong."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.clients = {role: signed_in(situation.roles[role]) for role in ROLES}

    def all(self, blocks: list[Block]) -> Iterator[str]:
        """Every address once, for one of those who are answered and one of those from whom it is hidden."""
        served: dict[str, set[str]] = {}
        for block in blocks:
            served.setdefault(block.route, set()).add(block.method)
        seen = set()
        for block in blocks:
            place = (block.route, *block.arguments.items())
            if place not in seen and things_of(block) <= self.situation.things.keys():
                seen.add(place)
                for role in asking(block):
                    yield from (f"{block.place} {block.route} {role}: {wrong}" for wrong in self.one(block, role, served[block.route]))

    def one(self, block: Block, role: str, served: set[str]) -> Iterator[str]:
        """Methods, bodies and headers at one address."""
        url, nothing = address(block, self.situation), absent(block)
        other = address(block, self.situation, instead=nothing) if nothing else ""
        plain = self.send(role, block.method, url, block)
        hidden = other and outcome(plain) == "no"
        for method in METHODS:
            got = self.send(role, method, url)
            if got.status_code >= 500:
                yield f"{method} breaks: {got.status_code}"
            if hidden:
                yield from differs(got, self.send(role, method, other), (url, other), method)
            elif method not in {*served, "GET", "HEAD", "POST", "OPTIONS"} and got.status_code not in (302, 401, 403, 404, 405):
                if not block.route.startswith(ANSWERS_FORMS_OF_THE_LIBRARY):
                    yield f"{method} is answered with {got.status_code}"
        for kind, body in BODIES.items() if "POST" in served else ():
            got = self.send(role, "POST", url, kind=kind, body=body)
            if got.status_code >= 500:
                yield f"a body of {kind or 'no kind'} breaks: {got.status_code}"
            if hidden:
                yield from differs(got, self.send(role, "POST", other, kind=kind, body=body), (url, other), f"a body of {kind}")
        if block.method == "GET" and block.route not in NEW_EACH_TIME:
            got = self.send(role, "GET", url, block, headers=HEADERS)
            if got.status_code != 304 and told(plain) != told(got):
                yield f"headers change the answer: {first_difference(str(told(plain)), str(told(got)))}"
        if hidden and url.endswith("/"):
            yield from differs(self.send(role, "GET", url[:-1]), self.send(role, "GET", other[:-1]), (url, other), "no slash")

    def send(
        self, role: str, method: str, url: str, block: Block | None = None, *, kind: str = "", body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> HttpResponse:  # fmt: skip
        """One request, undone; as the block sends it where one is given."""
        client: Client = self.clients[role]
        client.cookies.pop("messages", None)  # what was said of the request before
        sent = filled(block.sends, self.situation) if block and block.sends else {}
        with memory.of_a_request():
            if block and method == "GET":
                response = client.get(url, sent, headers=headers)
            elif block and method == "POST" and not block.route.startswith("api"):
                response = client.post(url, sent)
            else:
                response = client.generic(method, url, body, content_type=kind or "application/octet-stream", headers=headers)
            response.whole = b"".join(response) if response.streaming else response.content
        return response


def asking(block: Block) -> list[str]:
    """Somebody who is answered, or at least refused, and somebody from whom it is hidden."""
    row = block.rows.get("sealed") or list(block.rows.values())[-1]
    first = {word: role for role, word in reversed(row.items())}
    return [first[word] for word in ("yes", "no") if word in first] or list(first.values())[:1]


def differs(got: HttpResponse, of_nothing: HttpResponse, asked: tuple[str, str], what: str) -> Iterator[str]:
    """One line where what is hidden answers otherwise than what is not there."""
    one, other = told(got, *asked), told(of_nothing, *asked)
    if one != other:
        yield f"{what}: hidden differs from absent: {one[0]} and {other[0]}, {first_difference(str(one[1:]), str(other[1:]))}"


@pytest.fixture
def tricks(make, clock):
    """The situation in which most is hidden, the clock at a standstill."""
    logging.disable(logging.ERROR)
    situation = Situation(make, clock)
    SITUATIONS["sealed"](situation)
    clock.set(clock.now())
    yield Tricks(situation)
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
def test_no_trick_tells_or_breaks_anything(tricks):
    wrong = list(tricks.all(read_table()))

    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_methods")
def test_planted_tricks_are_found(tricks):
    hidden = "\n".join(tricks.all(read_file("planted", "GET planted-method pk=bid\n    sealed no rest")))
    obeyed = "\n".join(tricks.all(read_file("planted", "GET planted-header\n    sealed yes rest")))

    assert "DELETE: hidden differs from absent: 405 and 404" in hidden
    assert "headers change the answer" in obeyed
    assert "PUT is answered with 200" in obeyed
