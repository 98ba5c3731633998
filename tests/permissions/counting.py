"""Asks everything in worlds that differ only in how many bids there are, and holds the answers against each other."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction

from challenges.actions import bidding, opening, sealing
from challenges.models import Bid
from portal.models import Event, Message, Organisation
from portal.record import sequence
from tests.permissions.asking import ask, first_difference, signed_in, things_of, told
from tests.permissions.reading import ROLES, Block
from tests.permissions.situations import Situation, people

OWN = {"lead_admin": "lead", "lead_editor": "lead", "rival_admin": "rival"}
"""Who may know of a bid: whose it is."""
STRANGERS = tuple(role for role in ROLES if role not in OWN)
WATCHERS = ("visitor", "poster_admin", "district", "officer", "draw_clerk", "discipline", "auditor")
"""Of them who sees most; they are asked in more worlds."""
A_MINUTE = timedelta(minutes=1)

NEW_EACH_TIME = re.compile(
    r'"(?:chain|signature)": ?"[^"]*"|[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
    r'|<small class="jb-leaf">.*?</small>|<span class="jb-hash">.*?</span>'
)
"""Hashes, signatures and ids of what each world makes anew. That one stands there is seen, which one it is not."""

Answers = dict[tuple[str, str], tuple[object, ...]]


class Statements:
    """Counts what is asked of the database; a page that reads more says that there is more."""

    count = 0

    def __call__(self, execute, sql, params, many, context):
        """One statement."""
        self.count += 1
        return execute(sql, params, many, context)


class World:
    """A published board for which three organisations could bid, the clock at a standstill, everybody signed in."""

    def __init__(self, make, clock) -> None:
        situation = Situation(make, clock)
        people(situation)
        clock.set(clock.now())
        situation.has(challenge=make.board(poster=situation.poster, files=1))
        board = situation.things["challenge"]
        situation.has(file=board.files.first(), publishing=Event.objects.get(kind="challenge.published", subject_id=board.pk))
        self.situation, self.clock, self.make = situation, clock, make
        self.third, self.fourth = make.bidder("第三家"), make.bidder("第四家")
        self.clients = {role: signed_in(situation.roles[role]) for role in ROLES}
        sequence()

    def told(self, blocks: list[Block], roles: tuple[str, ...], *happens: Callable[[], object]) -> Answers:
        """What each role is told at each address after something has happened and a minute has passed; then it is undone."""
        with self._undone():
            ends = self.clock.now() + A_MINUTE
            for step in happens:
                step()
            self.clock.set(ends if self.clock.now() < ends else self.clock.now() + A_MINUTE)
            sequence()
            return {
                (f"{block.route} {block.arguments}", role): self._one(block, role)
                for block in blocks
                if self._there(block)
                for role in roles
            } | {("messages", role): self._messages(role) for role in roles}

    def sealed(self, *leads: Organisation) -> None:
        """These organisations seal a bid each."""
        for lead in leads:
            by = self.make.administrator(lead)
            bid = self.draft(lead)
            bidding.ask_sign_off(bid.pk, by=by, now=self.clock.forward(seconds=1))
            sealing.seal_bid(bid.pk, by=by, now=self.clock.forward(seconds=1))

    def draft(self, lead: Organisation) -> Bid:
        """An organisation begins a bid, with a document and a file."""
        board, by, now = self.situation.things["challenge"], self.make.administrator(lead), self.clock.forward(seconds=1)
        bid = bidding.start_bid(board.pk, lead.pk, by=by, now=now)
        bidding.save_draft(bid.pk, document=self.make.bid_document(board), version=1, by=by, now=now)
        bidding.add_file(bid.pk, name="附件.pdf", content=b"%PDF-1.4\n%%EOF\n", by=by, now=now)
        return bid

    def closed(self) -> None:
        """The deadline passes and the box is shut."""
        board = self.situation.things["challenge"]
        self.clock.set(board.closes_at + timedelta(seconds=1))
        opening.close_box(board.pk, now=self.clock.now())

    @contextmanager
    def _undone(self) -> Iterator[None]:
        began = self.clock.now()
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        self.clock.set(began)

    def _there(self, block: Block) -> bool:
        return things_of(block) <= self.situation.things.keys()

    def _one(self, block: Block, role: str) -> tuple[object, ...]:
        statements = Statements()
        with connection.execute_wrapper(statements):
            response = ask(block, self.situation, self.clients[role])
        status, text, headers = told(response)
        return status, f"{statements.count} statements", NEW_EACH_TIME.sub("#", text), headers

    def _messages(self, role: str) -> tuple[object, ...]:
        person = self.situation.roles[role]
        kinds = Message.objects.filter(to=person).order_by("kind").values_list("kind", flat=True) if person else ()
        return 0, "", " ".join(kinds), ()


def changes(before: Answers, after: Answers) -> list[str]:
    """One line for each answer that is not the same."""
    return [
        f"{place} {role}: {before[place, role][:2]} and {after[place, role][:2]}, "
        f"{first_difference(str(before[place, role][2:]), str(after[place, role][2:]))}"
        for place, role in before
        if (place, role) in after and before[place, role] != after[place, role]
    ]
