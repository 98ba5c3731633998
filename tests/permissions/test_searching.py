"""Who searches for what is hidden gets the answer of a miss, in every parameter that any route reads.

Asked are, in the situation in which most is hidden, all parameters that the table lists with ``asks``, by
one person of each kind. Two are of a kind where the rules tell them apart by nothing but their name or
by how much less they may see: viewer and editor see what their administrator sees, a reviewer or officer of
elsewhere less than the one here, leader, discipline and auditor read alike, and so does everybody of finance;
the walks see that the table says so. Where a parameter takes words, every hidden word is tried in it. Where it
takes one of a fixed choice, a word and an id are: anything else is a bad value there, refused before it is looked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.http import HttpResponse, JsonResponse
from django.urls import path

from challenges.models import Bid
from portal import urls
from portal.models import User
from tests.permissions.asking import ask, first_difference, outcome, signed_in, things_of, told
from tests.permissions.probing import GIVES_ON
from tests.permissions.reading import Block, read_file, read_table
from tests.permissions.situations import SITUATIONS, Situation
from tests.permissions.walking import ALIKE_FOR_ALL

ASKING = (
    "visitor", "poster_admin", "lead_admin", "expert", "district", "officer", "division_head", "draw_clerk", "auditor", "preparer",
    "support", "stranger",
)  # fmt: skip
"""One of each kind; the lead is the rival of whose bid is searched for, the stranger has an account and nothing else."""
CHOICES = {
    "phase", "class", "class_code", "expert_class", "field", "when", "role", "programme", "district", "state", "view", "call", "figures", "lang", "script",
    "kind", "before", "corrects", "version",
}  # fmt: skip
"""Parameters that take a fixed choice, a moment, a number of rows or the id of a row."""
NOTHING_TO_FIND = {"page", "*", "next"}
"""Parameters that choose among what is shown anyway, and where to go on."""
FROM_THE_CODE = {*ALIKE_FOR_ALL, *GIVES_ON}
"""Addresses that answer with the description of the API: it is made from the code alone."""
GATED = ("no", "sign-in", "refused")
"""Answers of an address that is closed to somebody, whatever is asked."""
MISSES = ("没有这样的词", "7777", "nobody.there@hidden.example", "00000000-0000-4000-8000-000000000000")
"""Values of nothing: words, a number, an address and an id, as the hidden ones are."""


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

    @property
    def miss(self) -> str:
        """A value of the same kind that stands for nothing."""
        words, number, address, nothing = MISSES
        if self.value.isdigit():
            return number
        return address if "@" in self.value else nothing if self.value.count("-") == 4 else words


def by_lead(request):
    """A leak: tells whether somebody of this name bids."""
    words = request.GET.get("q", "")
    return JsonResponse({"found": bool(words) and Bid.objects.filter(lead__name__contains=words).exists()})


def by_id(request):
    """A leak: a choice of states takes the id of a bid, too."""
    found = Bid.objects.filter(pk=request.GET["state"]) if request.GET.get("state", "").count("-") == 4 else Bid.objects.none()
    return JsonResponse({"bids": [1 for _bid in found]})


urlpatterns = [*urls.urlpatterns, path("planted/", by_lead, name="planted-search"), path("planted/choice/", by_id, name="planted-choice")]
handler404 = urls.handler404


class Search:
    """Searches one situation for what is hidden in it; every line that comes out is a find."""

    def __init__(self, situation: Situation, hidden: tuple[Hidden, ...]) -> None:
        self.situation, self.hidden = situation, hidden
        self.clients = {role: signed_in(situation.roles[role]) for role in ASKING}

    def all(self, blocks: list[Block]) -> Iterator[str]:
        """Every parameter of every address, for everybody who is let in."""
        for block in blocks:
            names = [name for name in block.asks if name not in NOTHING_TO_FIND]
            if block.method != "GET" or block.route in FROM_THE_CODE or not things_of(block) <= self.situation.things.keys():
                continue
            for name in names:
                for role in ASKING:
                    yield from (f"{block.place} {block.route} {role} {name}={found}" for found in self.one(block, role, name))

    def one(self, block: Block, role: str, name: str) -> Iterator[str]:
        """What one person finds by one parameter: an answer that a miss does not get."""
        missed: dict[str, HttpResponse] = {}
        for hidden in self.hidden if name not in CHOICES else self._of_each_kind():
            if hidden.miss not in missed:
                missed[hidden.miss] = ask(block, self.situation, self.clients[role], query={name: hidden.miss})
            if outcome(missed[hidden.miss]) in GATED:
                return
            response = ask(block, self.situation, self.clients[role], query={name: hidden.value})
            got, miss = (_told(each, hidden) for each in (response, missed[hidden.miss]))
            if got != miss and not hidden.may_be_found(block, role):
                yield f"{hidden.what}: {got[0]}, {first_difference(str(got[1:]), str(miss[1:]))}"

    def _of_each_kind(self) -> list[Hidden]:
        """The first hidden word and the first hidden id."""
        ids = [hidden for hidden in self.hidden if hidden.miss == MISSES[-1]]
        return [*[hidden for hidden in self.hidden if hidden.miss == MISSES[0]][:1], *ids[:1]]


def _told(response: HttpResponse, hidden: Hidden) -> tuple:
    """What an answer tells, without the words that were asked and those of the miss."""
    return told(response, response.wsgi_request.META["QUERY_STRING"], hidden.value, hidden.miss)


@pytest.fixture
def search(make, clock, quiet):
    """Two sealed bids, a draft of somebody else's need, people with names, mail and mobile numbers of their own."""
    situation = Situation(make, clock)
    SITUATIONS["sealed"](situation)
    make.need("draft", poster=make.organisation("旁人公司"), title="未公开的氦光泵课题")
    person, expert = situation.roles["rival_admin"], situation.roles["other_expert"]
    User.objects.filter(pk=person.pk).update(name="赵不见", email="zhao.bujian@hidden.example", phone="+8613912345678")
    User.objects.filter(pk=expert.pk).update(name="钱评审", email="qian.pingshen@hidden.example")
    situation.roles["stranger"] = make.person()
    clock.set(clock.now())
    things, offices = situation.things, {"known_to": ("officer", "division_head", "auditor"), "at": ("officials", "api-officials")}
    return Search(
        situation,
        (
            Hidden("the title of a draft", "未公开的氦光泵课题"),
            Hidden("a part of the title of a draft", "氦光泵"),
            Hidden("a price", "1180"),
            Hidden("a price in fen", "1180000000"),
            Hidden("words of a bid", "以金刚石NV色心为敏感元件"),
            Hidden("the id of a bid", str(things["rival_bid"].pk)),
            Hidden("the id of a seal", str(things["rival_bid"].seals.get().pk)),
            Hidden("a person's id", str(person.pk)),
            Hidden("a person's name", "赵不见"),
            Hidden("a person's mail", "zhao.bujian@hidden.example"),
            Hidden("a person's mobile number", "13912345678"),
            Hidden("an expert's name", "钱评审", **offices),
            Hidden("an expert's mail", "qian.pingshen@hidden.example", **offices),
        ),
    )


@pytest.mark.django_db
def test_nobody_finds_what_is_hidden(search):
    found = list(search.all(read_table()))

    assert not found, "\n".join(["", *found])


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_searching")
@pytest.mark.parametrize(("name", "parameter"), [("planted-search", "q"), ("planted-choice", "state")])
def test_a_planted_search_is_found(search, name, parameter):
    rival = search.situation.rival.name
    search.hidden = (Hidden("who bids", rival), Hidden("who bids, in part", rival[:2]), Hidden("words", "没有"), *search.hidden)

    found = list(search.all(read_file("planted", f"GET {name}\n    asks {parameter}: nothing\n    sealed yes rest")))

    whole = {"q": ("who bids", "who bids, in part"), "state": ("the id of a bid",)}[parameter]
    assert [line.split("=")[1].split(":")[0] for line in found] == [what for _role in ASKING for what in whole]


def test_every_parameter_takes_words_or_a_choice():
    read = {name for block in read_table() for name in block.asks} - NOTHING_TO_FIND

    assert sorted(read - CHOICES) == ["about", "email", "name", "q", "uscc"]
