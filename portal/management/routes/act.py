"""What an act is to the search: whose it is, the steps it takes, the duties it is, what it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.duties import Duty, Scope

Fact = tuple[str, str]
"""One thing that may hold on a case: an object and its state, or ("fact", what happened)."""

POSTER, BIDDER, DISTRICT, OFFICER, HEAD, CLERK = "poster", "bidder", "district reviewer", "officer", "division head", "draw clerk"
EXPERT, DISCIPLINE, ANYBODY = "expert", "discipline inspection", "anybody"
PREPARER, APPROVER, RECONCILER, CLOCK = "finance preparer", "finance approver", "finance reconciler", "the clock"
PARTIES = (POSTER, BIDDER)
EVENTS_OF = {"board_seat": "assignment", "project_seat": "assignment", "board_sheet": "sheet", "project_sheet": "sheet"}
"""What the record calls an object, where the search tells two of them apart."""

DEADLINE = ("fact", "the deadline of the board is past")
"""Given by time alone; no act gives it."""


@dataclass(frozen=True)
class Step:
    """One step of an object's flow, from any of these states."""

    of: str
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True, eq=False)
class Act:
    """One way in which an action of the portal can be used on a case.

    ``name`` is the module and function. ``steps`` are all steps it may take, of which it needs the
    first one's source; ``makes`` are objects it brings into their first state; ``gives`` and ``needs`` are
    facts beside the states. ``duties`` are the rows it writes, each with its places; ``people``
    is how many different people have to do it. ``needs`` maps a fact to the code of the refusal
    without it. ``writes`` are the kinds of events beside those of its steps, as far as nobody writes them for
    somebody else; ``lent`` is an act done under a delegation.
    """

    name: str
    who: str
    steps: tuple[Step, ...] = ()
    duties: tuple[tuple[Duty, tuple[Scope, ...]], ...] = ()
    makes: tuple[str, ...] = ()
    gives: tuple[Fact, ...] = ()
    needs: Mapping[Fact, str] = field(default_factory=dict)
    people: str = "one"
    writes: tuple[str, ...] = ()
    lent: bool = False

    @property
    def kinds(self) -> set[str]:
        """The kinds of events it writes: one for each step, and those of ``writes``."""
        return {f"{EVENTS_OF.get(each.of, each.of)}.{each.target}" for each in self.steps} | set(self.writes)

    @property
    def function(self) -> str:
        """The action's own name."""
        return self.name.rpartition(".")[2]


def step(of: str, sources: str, target: str) -> Step:
    """A step written ``"draft returned"`` to ``"submitted"``."""
    return Step(of, tuple(sources.split()), target)


def state(of: str, name: str) -> Fact:
    """The fact that an object is in a state."""
    return (of, name)


def happened(what: str) -> Fact:
    """The fact that something happened that is no state."""
    return ("fact", what)
