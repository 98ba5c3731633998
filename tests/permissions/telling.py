"""The table of messages: who may be told what, and what it may name; and what situations have really told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.conf import settings

from portal.delivery import words
from portal.models import Grant, Membership, Message, User
from tests.permissions.situations import SITUATIONS, Situation

MESSAGES = Path(__file__).parent / "messages.txt"
TEMPLATES = settings.BASE_DIR / "templates" / "messages"
CLASSES = (
    "poster", "lead", "rival", "other_organisation", "whoever_it_is_about", "expert", "district", "officer", "division_head",
    "leader", "draw_clerk", "discipline", "auditor", "preparer", "approver", "reconciler", "support",
)  # fmt: skip
"""Whom a message can go to: an organisation by its part in the case, an official by the office."""
STAGES = ("-", *SITUATIONS)
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}|1[3-9]\d{9}|[\w.]+@[\w.]+")
"""What no mail may hold besides its link: ids, hashes, mobile numbers, addresses."""


@dataclass
class Row:
    """One kind: to whom it may go, from which situation on, which facts it may carry."""

    place: str
    kind: str
    to: tuple[str, ...] = ()
    since: str = "-"
    carries: frozenset[str] = field(default_factory=frozenset)


def read_messages(text: str | None = None) -> dict[str, Row]:
    """Every row of the table by kind; ValueError names the line that cannot be read."""
    rows: dict[str, Row] = {}
    for number, line in enumerate((MESSAGES.read_text() if text is None else text).splitlines(), start=1):
        cells = [cell.strip() for cell in line.split("#")[0].split("|")]
        if cells == [""]:
            continue
        place = f"messages.txt:{number}"
        if len(cells) != 4 or cells[0] in rows:
            raise ValueError(f"{place}: not kind | from | to | carries, or the kind stands twice: {line}")
        kind, since, to, carries = cells[0], cells[1], tuple(cells[2].split()), frozenset(cells[3].split())
        if since not in STAGES or not to or not set(to) <= set(CLASSES):
            raise ValueError(f"{place}: no such situation, or no such people: {line}")
        rows[kind] = Row(place, kind, to, since, carries)
    return rows


class Told:
    """What was told in one situation, held against the table."""

    def __init__(self, name: str, situation: Situation, secrets: frozenset[str] = frozenset()) -> None:
        self.name, self.situation, self.secrets = name, situation, secrets

    def wrong(self, rows: dict[str, Row]) -> Iterator[str]:
        """One line for every message that the table does not allow."""
        for message in Message.objects.select_related("to", "event").order_by("created_at", "kind"):
            row = rows.get(message.kind)
            if row is None:
                yield f"{message.kind} has no row in messages.txt"
                continue
            yield from (f"{row.place} {row.kind} [{self.name}] {fault}" for fault in self.faults(message, row))

    def faults(self, message: Message, row: Row) -> Iterator[str]:
        """What is wrong with one message."""
        classes = self.classes_of(message.to) | ({"whoever_it_is_about"} if self._about(message) else set())
        if not classes & set(row.to):
            yield f"goes to {' '.join(sorted(classes)) or 'a stranger'}"
        if not set(message.facts) <= row.carries:
            yield f"carries {' '.join(sorted(set(message.facts) - row.carries))}"
        if STAGES.index(self.name) < STAGES.index(row.since):
            yield f"comes before {row.since}"
        if not message.link.startswith("/") or "?" in message.link:
            yield f"leads to {message.link}"
        for language in ("en", "zh-hans"):
            said = "\n".join(words(message, language))
            yield from (f"says a secret: {secret}" for secret in sorted(self.secrets) if secret in said)
            yield from (f"says {found}" for found in IDENTIFIER.findall(said))

    def classes_of(self, person: User) -> set[str]:
        """What a person is in this case."""
        sides = {self.situation.poster.pk: "poster", self.situation.lead.pk: "lead", self.situation.rival.pk: "rival"}
        return {sides.get(of, "other_organisation") for of in self._memberships.get(person.pk, ())} | self._offices.get(person.pk, set())

    @cached_property
    def _memberships(self) -> dict:
        found: dict = {}
        for user, organisation in Membership.objects.values_list("user_id", "organisation_id"):
            found.setdefault(user, set()).add(organisation)
        return found

    @cached_property
    def _offices(self) -> dict:
        found: dict = {}
        for user, role, district in Grant.objects.values_list("user_id", "role", "district_id"):
            elsewhere = district is not None and district != self.situation.poster.district_id
            found.setdefault(user, set()).add(f"other_{role}" if elsewhere else role)
        return found

    def _about(self, message: Message) -> bool:
        return message.to_id in (message.event.subject_id, message.event.by_id)


def used_in(kind: str) -> set[str]:
    """The names that the words of a kind use."""
    text = (TEMPLATES / f"{kind}.txt").read_text()
    renamed = dict(re.findall(r"(\w+)=(\w+)", text)) | dict.fromkeys(re.findall(r" as (\w+) ?%}", text), "")
    named = {*re.findall(r"{{ ?(\w+)", text), *re.findall(r"{% (?:if|elif) (\w+)", text), *renamed}
    return {renamed.get(name, name) for name in named} - {""}
