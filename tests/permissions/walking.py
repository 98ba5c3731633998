"""One walk through a situation: what every role gets, what is shown to whom, and what questions change.

First the rows that act, each undone at once; then every row of the case is marked, and the rows that
read are asked. An answer that shows a mark shows its field. Where a role gets an answer, foreign
parameters must not change it; where it gets none, an id of nothing must get the very same.
"""

from collections.abc import Iterator

from django.http import HttpResponse
from django.test import Client

from tests.permissions.asking import address, ask, outcome, readable, signed_in
from tests.permissions.fields import Kind
from tests.permissions.leading import Leads
from tests.permissions.marking import Marked, Marks
from tests.permissions.masking import Personal
from tests.permissions.probing import Probes
from tests.permissions.reading import Block
from tests.permissions.situations import HIDDEN, SITUATIONS, Situation

OWN = {"bid": ("lead_admin", "lead_editor"), "rival_bid": ("rival_admin",)}
ALIKE_FOR_ALL = {"api-schema": ("visitor", "officer")}
"""Answers that are made from the code alone and take long: asked by a visitor and one other."""
TAKEN = {"payment-list-file", "api-payment-list-file"}
"""The treasury's file carries whole accounts by its nature; taking it is written down."""


class Walk:
    """A situation and what was found on the way: lines for what is wrong, and who was shown which field."""

    def __init__(self, name: str, situation: Situation, table: dict[str, Kind]) -> None:
        self.name, self.situation, self.table = name, situation, table
        self.marks = Marks(situation, {each.name: each.own for each in table.values()})
        self.probes = Probes(name, situation)
        self.clients: dict[str, Client] = {}
        self.outcomes: list[str] = []
        self.nowhere: list[str] = []
        self.fields: list[str] = []
        self.questions: list[str] = []
        self.shown: dict[tuple[Marked, str], str] = {}
        self.personal, self.in_full = Personal(situation), list[str]()

    def build(self) -> "Walk":
        """Bring the case this far; who takes part is marked before anything happens, so that messages carry the marks."""
        self.marks.write()
        SITUATIONS[self.name](self.situation)
        self.situation.clock.set(self.situation.clock.now())
        self.clients = {role: signed_in(person) for role, person in self.situation.roles.items()}
        return self

    def through(self, blocks: list[Block]) -> "Walk":
        """Ask every row of this situation."""
        self.build()
        here = [block for block in blocks if self.name in block.rows]
        for block in here:
            if block.method != "GET":
                self.cells(block)
        self.personal.note()
        self.marks.write()
        self.personal.note()
        self.leads = Leads(self.name, self.situation, here)
        for block in here:
            if block.method == "GET":
                self.cells(block)
        self.questions += self.probes.unlisted_questions()
        self.fields += [f"{place} {role}: {wrong}" for (marked, role), place in self.shown.items() if (wrong := self.judged(marked, role))]
        return self

    def cells(self, block: Block) -> None:
        """One row: every role."""
        for role in ALIKE_FOR_ALL.get(block.route, block.rows[self.name]):
            response = ask(block, self.situation, self.clients[role])
            got, expected = outcome(response), block.rows[self.name][role]
            cell = f"{block.place} {block.method} {block.route} [{self.name}] {role}:"
            if got != expected:
                self.outcomes.append(f"{cell} {got}, not {expected}")
            self.outcomes += [f"{cell} {leak}" for leak in self.names_a_bid(block, role, response)]
            if block.method == "GET":
                self.look(block, role, response)
                self.nowhere += [f"{cell} {way}" for way in self.leads.nowhere(response, role)]
                self.questions += [f"{cell} {wrong}" for wrong in self.probes.one(block, role, self.clients[role], response)]

    def names_a_bid(self, block: Block, role: str, response: HttpResponse) -> Iterator[str]:
        """One line for each bid whose id stands in an answer to somebody else before the opening."""
        for thing in HIDDEN.names if self.name in HIDDEN.situations else ():
            bid = self.situation.things.get(thing)
            if bid is None or role in OWN[thing] or thing in block.arguments.values():
                continue
            if str(bid.pk).encode() in response.whole:
                yield "the answer names a bid before opening"

    def look(self, block: Block, role: str, response: HttpResponse) -> None:
        """Note every mark in one answer, and what of others stands there in full; what was asked for by its id is no news."""
        text = readable(response).replace(address(block, self.situation), "")
        if found := sorted(self.personal.of_others(role, text)) if block.route not in TAKEN else []:
            self.in_full.append(f"{block.place} {block.route} [{self.name}] {role} reads {', '.join(found)}")
        for marked in self.marks.found_in(text):
            self.shown.setdefault((marked, role), f"{block.place} {block.route} [{self.name}] {outcome(response)}")

    def judged(self, marked: Marked, role: str) -> str:
        """What is wrong with showing this; nothing where the table allows it."""
        kind = self.table.get(marked.object)
        if kind is None or marked.field not in kind.fields:
            return f"shows {marked.object} {marked.field}, which has no row in tests/permissions/fields"
        sight = kind.sight(marked.field)
        if sight.unreached is not None or role not in kind.may_see(marked.field, self.name, marked.own):
            return f"shows {marked.object} {marked.field}, against {sight.place}"
        return ""


walked_already: dict[str, Walk] = {}
"""The walks of this process, by situation: the tests of outcomes, fields and questions judge the same one."""
