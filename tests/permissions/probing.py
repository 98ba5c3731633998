"""Asks what no page expects: foreign parameters, ids of nothing, methods that are not served."""

from collections import defaultdict
from collections.abc import Iterator

from django.http import HttpResponse
from django.test import Client

from tests.permissions.asking import absent, address, ask, first_difference, outcome, told
from tests.permissions.reading import Block
from tests.permissions.situations import Situation

BAIT = {
    "reviewer": "", "expert": "", "group": "experts", "user": "", "created_by": "", "lead": "", "organisation": "", "state__in": "sealed",
    "ordering": "-price_fen", "order_by": "-bids", "order": "price_fen", "sort": "document__price_fen", "o": "-2",
    "fields": "*", "include": "bids,assignments,sheets", "expand": "bids.document", "depth": "3", "view_as": "officer",
    "format": "csv", "export": "csv", "page_size": "1000", "limit": "1000", "offset": "0", "per_page": "1000", "cursor": "x",
    "search": "1180", "query": "1180", "filter": "sealed", "id": "",
    "bid__lead": "", "bids__state": "sealed", "assignments__expert": "", "created_by__email": "a", "sheets__total__gte": "90",
    "_method": "DELETE", "debug": "1", "callback": "x",
}  # fmt: skip
"""Parameters by which other portals leaked. ``""`` stands for an id that the person asking may not know."""

ALL_OF = ("sealed",)
"""Situations in which every cell is probed, since most is hidden there; elsewhere each route is probed once for each role."""

NEW_EACH_TIME = {
    "mfa_add_webauthn": "holds a challenge that is new each time",
    "mfa_activate_totp": "holds a secret that is new each time",
}
"""Answers that are never the same twice."""
GIVES_ON = {"api": "gives the question on to the reader of the schema"}
"""Answers in which the question stands in other forms than it was asked."""

asked_before: set[tuple[str, str, str]] = set()


class Probes:
    """What one situation answers to questions that nobody should ask; every line that comes out is a leak or a missing row."""

    def __init__(self, name: str, situation: Situation) -> None:
        self.name, self.situation = name, situation
        self.unlisted: dict[tuple[str, str], set[str]] = defaultdict(set)

    def one(self, block: Block, role: str, client: Client, plain: HttpResponse) -> Iterator[str]:
        """One answer: bait where there is one, an id of nothing where there is none; each route and role once in a process."""
        self.note(block, plain)
        got = outcome(plain)
        if got not in ("yes", "no") or (self.name not in ALL_OF and (block.route, role, got) in asked_before):
            return
        asked_before.add((block.route, role, got))
        if got == "yes" and block.route not in {*NEW_EACH_TIME, *GIVES_ON}:
            yield from self.bitten(block, client, plain)
        elif got == "no" and (nothing := absent(block)):
            url = address(block, self.situation, instead=nothing)
            one = told(plain, address(block, self.situation))
            other = told(ask(block, self.situation, client, url=url), url)
            if one != other:
                yield f"hidden differs from absent: {one[0]} and {other[0]}, {first_difference(str(one[1:]), str(other[1:]))}"

    def unlisted_questions(self) -> Iterator[str]:
        """Parameters that were read and have no line."""
        for (place, route), names in sorted(self.unlisted.items()):
            listed = " ".join(sorted(names))
            yield f"{place} {route} reads {listed} from its query string: add a line “asks {listed}: what it may reveal” under it"

    def bitten(self, block: Block, client: Client, plain: HttpResponse) -> Iterator[str]:
        """Whether parameters that no page reads change an answer; then which of them."""
        bait = {name: value or self.worth_finding() for name, value in BAIT.items() if name not in block.asks}
        if not (change := self.change_by(block, client, plain, bait)):
            return
        found = {name: self.change_by(block, client, plain, {name: value}) for name, value in bait.items()}
        guilty = {name: change for name, change in found.items() if change}
        yield f"answers differently with {', '.join(guilty) or 'all together'}: {next(iter(guilty.values()), change)}"

    def change_by(self, block: Block, client: Client, plain: HttpResponse, query: dict[str, str]) -> str:
        """Where an answer changes with these parameters; nothing where it does not."""
        response = ask(block, self.situation, client, query=query)
        self.note(block, response)
        asked = response.wsgi_request.META["QUERY_STRING"]
        pairs = sorted(asked.split("&"), key=len, reverse=True)
        echoes = [form.format(pair) for pair in pairs for form in ("{}&amp;", "{}&", "&amp;{}", "&{}", "?{}", "{}")]
        one, other = told(plain), told(response, f"{asked}&", f"?{asked}", asked, *echoes)
        return "" if one == other else f"{one[0]} and {other[0]}, {first_difference(str(one[1:]), str(other[1:]))}"

    def note(self, block: Block, response: HttpResponse) -> None:
        """Remember parameters that were read and have no line."""
        if read := getattr(response.wsgi_request.GET, "read", set()) - {*block.asks, None}:
            self.unlisted[block.place, block.route] |= read

    def worth_finding(self) -> str:
        """The id of something hidden."""
        found = next((name for name in ("bid", "seat", "challenge") if name in self.situation.things), None)
        return self.situation.value(found) if found else str(self.situation.roles["expert"].pk)
