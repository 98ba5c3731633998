"""Reads the table of fields, and says which roles may see a field of an object at a stage of the case."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps

from tests.permissions.reading import GROUPS, ROLES
from tests.permissions.situations import SITUATIONS

FIELDS = Path(__file__).parent / "fields"
STAGES = list(SITUATIONS)
OWN = "OWN"
WORDS = {**GROUPS, "everybody": ROLES, "signed-in": ROLES[1:], "nobody": (), OWN: ()}


@dataclass
class Sight:
    """Who sees some fields: by stage, with another field of the same object, or, unchecked, in no situation at all."""

    place: str
    stages: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    along: str = ""
    unreached: frozenset[str] | None = None

    def at(self, stage: str) -> frozenset[str]:
        """The words of the line that holds at a stage."""
        held = [words for since, words in self.stages if since <= STAGES.index(stage)]
        return held[-1] if held else frozenset()


@dataclass
class Kind:
    """An object of the table: ``own`` are the ways from a row to the person or organisation it belongs to."""

    name: str
    place: str
    own: tuple[str, ...] = ()
    fields: dict[str, Sight] = field(default_factory=dict)

    def sight(self, name: str) -> Sight:
        """The line of a field, that of the field it goes along with."""
        found = self.fields[name]
        return self.sight(found.along) if found.along else found

    def may_see(self, name: str, stage: str, own: frozenset[str]) -> set[str]:
        """The roles that may see a field at a stage, of a row that belongs to these roles."""
        words = self.sight(name).at(stage)
        named = {role for word in words for role in WORDS.get(word, (word,))}
        return named | own if OWN in words else named


def read_fields() -> dict[str, Kind]:
    """Every object of every file."""
    found: dict[str, Kind] = {}
    for path in sorted(FIELDS.glob("*.txt")):
        for kind in read_kinds(path.name, path.read_text()):
            if kind.name in found:
                raise ValueError(f"{kind.place}: {kind.name} stands in {found[kind.name].place} too")
            found[kind.name] = kind
    return found


def read_kinds(name: str, text: str) -> Iterator[Kind]:
    """The objects of one file; ValueError names the line that cannot be read."""
    kind: Kind | None = None
    sight = Sight("")
    for number, raw in enumerate(text.splitlines(), start=1):
        place, line = f"fields/{name}:{number}", raw.split("#")[0].rstrip()
        if not line:
            continue
        try:
            if not line.startswith(" "):
                if kind:
                    yield kind
                kind = _head(place, line)
            elif not line.startswith("        "):
                sight = Sight(place)
                for each in line.split():
                    if each in kind.fields:
                        raise ValueError(f"{each} stands twice")
                    kind.fields[each] = sight
            else:
                _line(sight, line.split())
        except (ValueError, IndexError, AttributeError) as wrong:
            raise ValueError(f"{place}: {wrong}: {raw}") from None
    if kind:
        yield kind


def _head(place: str, line: str) -> Kind:
    name, _own, ways = line.partition(" own=")
    return Kind(name, place, tuple(ways.split(",")) if ways else ())


def _line(sight: Sight, words: list[str]) -> None:
    if words[0] == "with":
        sight.along = words[1]
    elif words[0] == "unreached":
        sight.unreached = _known(words[1:])
    elif words[0] == "from":
        since = STAGES.index(words[1])
        if sight.stages and since <= sight.stages[-1][0]:
            raise ValueError(f"{words[1]} comes before the line above")
        sight.stages.append((since, _known(words[2:])))
    else:
        raise ValueError("a line is: from STAGE who … | with FIELD | unreached who …")


def _known(words: list[str]) -> frozenset[str]:
    if unknown := [word for word in words if word not in WORDS and word not in ROLES]:
        raise ValueError(f"{', '.join(unknown)} is no role and no group")
    return frozenset(words)


def read_technical() -> set[tuple[str, str]]:
    """Fields that hold nothing about anybody: of the machinery, by object; ``*`` are all of an object."""
    named: set[tuple[str, str]] = set()
    for line in (FIELDS / "technical").read_text().splitlines():
        label, _colon, names = line.split("#")[0].partition(":")
        if label.strip():
            model = apps.get_model(label.strip())
            every = [each.name for each in model._meta.fields]
            named |= {(label.strip(), name) for name in (every if names.strip() == "*" else names.split())}
    return named
