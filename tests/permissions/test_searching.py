"""Who searches for what is hidden gets the answer of a miss, in every parameter that any route reads."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.http import JsonResponse
from django.urls import path

from challenges.models import Bid
from portal import urls
from portal.models import User
from tests.permissions.asking import ask, first_difference, outcome, signed_in, things_of, told
from tests.permissions.reading import ROLES, Block, read_file, read_table
from tests.permissions.situations import SITUATIONS, Situation

MISS = "没有这样的词"
NOTHING_TO_FIND = {"page", "*", "next"}
"""Parameters that choose among what is shown anyway, and where to go on."""


@dataclass(frozen=True)
class Hidden:
    """Something that may not be found, and by whom it may, at which routes."""

    what: str
    value: str
    known_to: tuple[str, ...] = ()
    at: tuple[str, ...] = ()

    def may_be_found(self, block: Block, role: str) -> bool:
        """Whether this person may find it here."""
        return role in self.known_to and block.route in self.at


def by_title(request):
    """A leak: tells whether a need of anybody's has this title."""
    words = request.GET.get("q", "")
    return JsonResponse({"found": bool(words) and Bid.objects.filter(challenge__rules__isnull=False, lead__name=words).exists()})


urlpatterns = [*urls.urlpatterns, path("planted/", by_title, name="planted-search")]
handler404 = urls.handler404


class Search:
    """Searches one situation for what is hidden in it; every line that comes out is a find."""

    def __init__(self, situation: Situation, hidden: tuple[Hidden, ...]) -> None:
        self.situation, self.hidden = situation, hidden
        self.clients = {role: signed_in(situation.roles[role]) for role in ROLES}

    def all(self, blocks: list[Block]) -> Iterator[str]:
        """Every parameter of every address, for every role that is answered."""
        for block in blocks:
            names = [name for name in block.asks if name not in NOTHING_TO_FIND]
            if block.method != "GET" or not names or not self._there(block):
                continue
            for role in ROLES:
                if any(row[role] == "yes" for row in block.rows.values()):
                    for name in names:
                        yield from (f"{block.place} {block.route} {role} {name}={found}" for found in self.one(block, role, name))

    def one(self, block: Block, role: str, name: str) -> Iterator[str]:
        """What one role finds by one parameter."""
        missed = {like: self._told(block, role, name, like) for like in (MISS, str(uuid4()))}
        if outcome(ask(block, self.situation, self.clients[role])) != "yes":
            return
        for hidden in self.hidden:
            like = list(missed)[1] if len(hidden.value) == 36 else MISS
            got = self._told(block, role, name, hidden.value)
            if got != missed[like] and not hidden.may_be_found(block, role):
                yield f"{hidden.what}: {got[0]}, {first_difference(str(got[1:]), str(missed[like][1:]))}"

    def _told(self, block: Block, role: str, name: str, value: str) -> tuple:
        response = ask(block, self.situation, self.clients[role], query={name: value})
        return told(response, response.wsgi_request.META["QUERY_STRING"], value)

    def _there(self, block: Block) -> bool:
        return things_of(block) <= self.situation.things.keys()


@pytest.fixture
def search(make, clock):
    """Two sealed bids, a draft of somebody else's need, people with names, mail and mobile numbers of their own."""
    logging.disable(logging.ERROR)
    situation = Situation(make, clock)
    SITUATIONS["sealed"](situation)
    make.need("draft", poster=make.organisation("旁人公司"), title="未公开的氦光泵课题")
    person = situation.roles["rival_admin"]
    User.objects.filter(pk=person.pk).update(name="赵不见", email="zhao.bujian@hidden.example", phone="+8613912345678")
    expert = situation.roles["other_expert"]
    User.objects.filter(pk=expert.pk).update(name="钱评审", email="qian.pingshen@hidden.example")
    clock.set(clock.now())
    offices = {"known_to": ("officer", "division_head", "auditor", "discipline"), "at": ("officials", "api-officials")}
    yield Search(
        situation,
        (
            Hidden("the title of a draft", "未公开的氦光泵课题"),
            Hidden("a price", "1180"),
            Hidden("a price in fen", "1180000000"),
            Hidden("words of a bid", "以金刚石NV色心为敏感元件"),
            Hidden("the id of a bid", str(situation.things["rival_bid"].pk)),
            Hidden("a person's name", "赵不见"),
            Hidden("a person's mail", "zhao.bujian@hidden.example"),
            Hidden("a person's mobile number", "13912345678"),
            Hidden("an expert's name", "钱评审", **offices),
            Hidden("an expert's mail", "qian.pingshen@hidden.example", **offices),
        ),
    )
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
def test_nobody_finds_what_is_hidden(search):
    found = list(search.all(read_table()))

    assert not found, "\n".join(["", *found])


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_searching")
def test_a_planted_search_is_found(search):
    search.hidden = (Hidden("who bids", search.situation.rival.name), Hidden("nothing", "没有"))

    found = list(search.all(read_file("planted", "GET planted-search\n    asks q: nothing\n    sealed yes rest")))

    assert len(found) == len(ROLES)
    assert all("q=who bids: 200" in line for line in found)
