"""The life of a case as a table: first state, legal steps, last states."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from portal.kernel.errors import WrongState


@dataclass(frozen=True)
class Flow:
    """One first state, the steps that lead on from each state, and the states that may be last.

    Raises ValueError when a state cannot be reached, or cannot be left and is not marked final.
    """

    born: str
    steps: Mapping[str, Set[str]]
    final: Set[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if unreached := self.states - self._reached():
            raise ValueError(f"states that cannot be reached: {sorted(unreached)}")
        if stuck := {s for s in self.states if not self.steps.get(s)} - set(self.final):
            raise ValueError(f"states that cannot be left and are not final: {sorted(stuck)}")

    @property
    def states(self) -> set[str]:
        """Every state the table names."""
        return {self.born, *self.steps, *self.final, *(t for ts in self.steps.values() for t in ts)}

    def leads(self, source: str, target: str) -> bool:
        """Whether one step leads from ``source`` to ``target``."""
        return target in self.steps.get(source, ())

    def check(self, source: str, target: str) -> None:
        """Raise WrongState (facts ``state``, ``target``) unless the step exists."""
        if not self.leads(source, target):
            raise WrongState(state=str(source), target=str(target))

    def _reached(self) -> set[str]:
        seen, ahead = set(), [self.born]
        while ahead:
            state = ahead.pop()
            if state not in seen:
                seen.add(state)
                ahead.extend(self.steps.get(state, ()))
        return seen
