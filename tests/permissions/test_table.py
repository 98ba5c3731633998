"""The permission table is walked: every role, in every situation, at every route."""

import json
import logging
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.reading import ROLES, Block, read_file, read_table
from tests.permissions.situations import HIDDEN, SITUATIONS, Situation

BLOCKS = read_table()
OWN = {"bid": ("lead_admin", "lead_editor"), "rival_bid": ("rival_admin",)}
WATCHED_ELSEWHERE = {
    "readyz": "answers for the machines of the portal, not for people",
    "style": "exists only with DEBUG",
}


def used() -> list[str]:
    """The situations that some row names, in the order of the case."""
    return [name for name in SITUATIONS if any(name in block.rows for block in BLOCKS)]


@pytest.fixture
def quiet():
    """Thousands of requests, each with two lines in the log, would take longer to tell than to make."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
@pytest.mark.parametrize("name", used())
def test_everybody_gets_what_the_table_says(name, make, clock, quiet):
    situation = Situation(make, clock)
    SITUATIONS[name](situation)
    clients = {role: signed_in(situation.roles[role]) for role in ROLES}

    wrong = [line for block in BLOCKS if name in block.rows for line in differences(block, name, situation, clients)]

    assert not wrong, "\n".join(["", *wrong])


def test_every_route_stands_in_the_table():
    known = {(block.method, block.route) for block in BLOCKS}
    by_name = {route for _method, route in known}

    missing = sorted(
        f"{method} {route}" if method else route
        for method, route in routes()
        if route not in WATCHED_ELSEWHERE and ((method, route) not in known if method else route not in by_name)
    )

    assert missing == []


def test_the_table_names_only_what_exists():
    served = {route for _method, route in routes()}

    unknown = sorted({block.route for block in BLOCKS} - served)
    situations = sorted({name for block in BLOCKS for name in block.rows} - set(SITUATIONS))

    assert (unknown, situations) == ([], [])


def test_a_row_that_forgets_a_role_cannot_be_read():
    with pytest.raises(ValueError, match="nothing is said of visitor"):
        read_file("sample", "GET boards\n    draft yes poster_admin")


def differences(block: Block, name: str, situation: Situation, clients: dict[str, Client]) -> Iterator[str]:
    """One line for each role that gets something else than the row says."""
    for role, expected in block.rows[name].items():
        response = ask(block, situation, clients[role])
        got = outcome(response)
        if got != expected:
            yield f"{block.place} {block.method} {block.route} [{name}] {role}: {got}, not {expected}"
        if name in HIDDEN.situations:
            yield from leaks(block, name, role, situation, response)


def ask(block: Block, situation: Situation, client: Client) -> HttpResponse:
    """Send the request in a transaction of its own, and undo what it did."""
    url = reverse(block.route, kwargs={key: situation.value(thing) for key, thing in block.arguments.items()})
    sent = filled(block.sends if block.sends is not None else {}, situation)
    kept = SimpleCookie(client.cookies.output(header="", sep=";"))
    try:
        with transaction.atomic():
            if block.method == "GET":
                response = client.get(url, sent)
            elif block.route.startswith("api"):
                response = client.generic(block.method, url, json.dumps(sent), content_type="application/json")
            else:
                response = client.post(url, sent)
            raise _Undo(response)
    except _Undo as undo:
        client.cookies = kept
        return undo.response


class _Undo(Exception):
    """Rolls one cell back."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def outcome(response: HttpResponse) -> str:
    """The word of the table for an answer."""
    status = response.status_code
    if status == 401 or (status == 302 and response["Location"].startswith(reverse("sign-in"))):
        return "sign-in"
    words = {404: "no", 403: "refused", 409: "wrong-state", 400: "wrong-data", 422: "wrong-data"}
    return "yes" if status < 400 else words.get(status, str(status))


def leaks(block: Block, name: str, role: str, situation: Situation, response: HttpResponse) -> Iterator[str]:
    """One line for each bid whose id stands in an answer to somebody else."""
    body = b"".join(response) if response.streaming else response.content
    for thing in HIDDEN.names:
        bid = situation.things.get(thing)
        asked_for_it = thing in block.arguments.values()
        if bid is None or role in OWN[thing] or asked_for_it:
            continue
        if str(bid.pk).encode() in body:
            yield f"{block.place} {block.method} {block.route} [{name}] {role}: the answer names a bid before opening"


def filled(sent: object, situation: Situation) -> object:
    """What is sent, with ``$thing`` replaced by the thing's id."""
    if isinstance(sent, dict):
        return {key: filled(value, situation) for key, value in sent.items()}
    if isinstance(sent, list):
        return [filled(value, situation) for value in sent]
    if isinstance(sent, str) and sent.startswith("$"):
        return situation.value(sent[1:])
    return sent


def signed_in(person) -> Client:
    """A client in which this person has signed in; a visitor's has nobody."""
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person)
    return client


def routes(patterns=None) -> Iterator[tuple[str, str]]:
    """Every named route: API operations with their method, pages without."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            operations = getattr(getattr(pattern.callback, "cls", None), "operations", None)
            assert pattern.name, f"{pattern.pattern} has no name"
            yield from [(method.upper(), pattern.name) for method in operations] if operations else [("", pattern.name)]
