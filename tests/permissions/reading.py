"""Reads the permission table: blocks of routes, rows of situations, cells of roles."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

TABLE = Path(__file__).parent / "table"

ROLES = (
    "visitor", "poster_admin", "poster_viewer", "rival_admin", "lead_admin", "lead_editor", "expert", "other_expert",
    "district", "other_district", "officer", "other_officer", "division_head", "leader", "draw_clerk", "discipline", "auditor",
    "preparer", "approver", "reconciler", "support",
)  # fmt: skip
GROUPS = {
    "POSTER": ("poster_admin", "poster_viewer"),
    "LEAD": ("lead_admin", "lead_editor"),
    "RIVAL": ("rival_admin",),
    "READERS": ("officer", "division_head", "leader", "discipline", "auditor"),
    "FINANCE": ("preparer", "approver", "reconciler"),
    "EXPERTS": ("expert", "other_expert"),
}
"""Words for several roles, as the tables of fields and messages use them."""
WORDS = ("yes", "no", "refused", "sign-in", "wrong-state", "wrong-data")
HEAD = re.compile(r"(GET|POST|PUT|PATCH|DELETE) ([\w-]+)((?: \w+=[\w.-]+)*)$")


@dataclass
class Block:
    """One route by one method: its arguments, what is sent, what may be asked, and for each situation what each role gets.

    ``asks`` are the parameters of the query string that it reads, each with what it may reveal; ``gives`` the kind
    of answer where that is neither a page nor JSON.
    """

    place: str
    method: str
    route: str
    arguments: dict[str, str]
    sends: object = None
    asks: dict[str, str] = field(default_factory=dict)
    gives: str = ""
    rows: dict[str, dict[str, str]] = field(default_factory=dict)


def read_table() -> list[Block]:
    """Every block of every file."""
    return [block for path in sorted(TABLE.glob("*.txt")) for block in read_file(path.name, path.read_text())]


def used(blocks: list[Block], among: Iterable[str]) -> list[str]:
    """The situations that some row names, in the order of the case."""
    return [name for name in among if any(name in block.rows for block in blocks)]


def read_file(name: str, text: str) -> list[Block]:
    """The blocks of one file; ValueError names the line that cannot be read."""
    blocks: list[Block] = []
    for number, line in enumerate(text.splitlines(), start=1):
        place, line = f"{name}:{number}", line.split("#")[0].rstrip()
        if not line:
            continue
        try:
            if not line.startswith(" "):
                blocks.append(_head(place, line))
            elif line.split()[0] == "sends":
                blocks[-1].sends = json.loads(line.strip().removeprefix("sends"))
            elif line.split()[0] == "asks":
                names, _colon, tells = line.strip().removeprefix("asks").partition(":")
                blocks[-1].asks.update(dict.fromkeys(names.split(), tells.strip()))
            elif line.split()[0] == "gives":
                blocks[-1].gives = line.split(maxsplit=1)[1]
            else:
                situation, _space, cells = line.strip().partition(" ")
                if situation in blocks[-1].rows:
                    raise ValueError(f"{situation} stands twice")
                blocks[-1].rows[situation] = cells_of(cells)
        except (ValueError, IndexError) as wrong:
            raise ValueError(f"{place}: {wrong}: {line}") from None
    return blocks


def _head(place: str, line: str) -> Block:
    matched = HEAD.fullmatch(line)
    if not matched:
        raise ValueError("not METHOD route name=thing …")
    method, route, arguments = matched.groups()
    return Block(place, method, route, dict(pair.split("=") for pair in arguments.split()))


def cells_of(text: str, words: tuple[str, ...] = WORDS) -> dict[str, str]:
    """What each role gets; every role once."""
    given: dict[str, str] = {}
    rest = ""
    for part in text.split("|"):
        word, *named = part.split()
        roles = [role for name in named for role in GROUPS.get(name, (name,))]
        if word not in words:
            raise ValueError(f"{word} is none of {', '.join(words)}")
        if roles == ["rest"]:
            rest = word
            continue
        for role in roles:
            if role not in ROLES or role in given:
                raise ValueError(f"{role} is no role, or stands twice")
            given[role] = word
    missing = [role for role in ROLES if role not in given]
    if missing and not rest:
        raise ValueError(f"nothing is said of {', '.join(missing)}")
    return {role: given.get(role, rest) for role in ROLES}
