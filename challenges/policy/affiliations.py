"""What an affiliation (关联关系) of poster and bidder means: nothing, a person decides, or they may not meet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

BLOCKING = ("control", "branch", "common_controller")
"""Kinds of tie that rules may let exclude by themselves; all others ask for a person's decision."""

Weight = Literal["none", "flag", "block"]
ORDER: tuple[Weight, ...] = ("none", "flag", "block")


@dataclass(frozen=True)
class Step:
    """One tie on the way from one side to the other; ``percent`` for shares."""

    kind: str
    percent: Decimal | None = None


def weigh(
    steps: Sequence[Step], *, flag_percent: Decimal, block_percent: Decimal, blocks: Collection[str]
) -> Weight:
    """What one way from poster to bidder means under the rules.

    A direct share weighs by its percent: below ``flag_percent`` nothing, from there a flag, from
    ``block_percent`` a block. A direct tie whose kind is among ``blocks`` excludes; control of both
    by one is ``common_controller``. Every other way is a flag, unless a share on it is below
    ``flag_percent``.
    Source: the idea of the Company Law (control or significant influence through equity, people or
    kin); the two thresholds are a proposal that a programme replaces.
    """
    if not steps or any(step.percent is not None and step.percent < flag_percent for step in steps):
        return "none"
    if len(steps) > 1:
        both = all(step.kind == "control" for step in steps)
        return "block" if both and len(steps) == 2 and "common_controller" in blocks else "flag"
    only = steps[0]
    if only.percent is not None:
        return "block" if only.percent >= block_percent else "flag"
    return "block" if only.kind in blocks else "flag"


def heaviest(weights: Sequence[Weight]) -> Weight:
    """The gravest of several."""
    return max(weights, key=ORDER.index, default="none")
