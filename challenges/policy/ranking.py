"""The order of the candidates: official scores, then the tie chain that was set before opening."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from challenges.policy.scoring import rounded


@dataclass(frozen=True)
class TieKey:
    """One link of the tie chain: what it is called, each candidate's value, and which end is better."""

    name: str
    values: Mapping[str, Decimal | int]
    higher_first: bool


@dataclass(frozen=True)
class Ranking:
    """Places by candidate; who is still equal; which key parted whom; who has no score."""

    places: Mapping[str, int]
    ties: tuple[frozenset[str], ...]
    parted_by: Mapping[str, str]
    unscored: frozenset[str]

    @property
    def order(self) -> list[str]:
        """The candidates by place, equals by id."""
        return sorted(self.places, key=lambda candidate: (self.places[candidate], candidate))


def technical_first(values: Mapping[str, Decimal]) -> TieKey:
    """The first link by default: the higher technical sub-score."""
    return TieKey("technical_score", values, higher_first=True)


def lower_money(values: Mapping[str, int]) -> TieKey:
    """The second link by default: the lower price, or in the money contest the lower city money (fen)."""
    return TieKey("lower_money", values, higher_first=False)


def rank(scores: Mapping[str, Decimal | None], chain: Sequence[TieKey] = ()) -> Ranking:
    """Rank candidates by official score, highest first; equal rounded scores are a tie.

    Each key of ``chain`` in turn parts those still equal; a key that lacks a value for one of
    them is passed over, since it cannot compare them. Who is equal after the last key shares a
    place, the next place is skipped accordingly (1, 1, 3), and stands in ``ties`` for a panel
    vote or a draw. The time of submission is never a key.
    """
    scored = {candidate: rounded(score) for candidate, score in scores.items() if score is not None}
    parted_by: dict[str, str] = {}
    groups: list[list[str]] = []
    for group in _groups(scored, scored, higher_first=True):
        groups.extend(_part(group, chain, parted_by))
    places, taken = {}, 0
    for group in groups:
        places |= dict.fromkeys(group, taken + 1)
        taken += len(group)
    ties = tuple(frozenset(group) for group in groups if len(group) > 1)
    return Ranking(places, ties, parted_by, frozenset(scores) - frozenset(scored))


def split_by_pass_mark(
    scores: Mapping[str, Decimal | None], pass_mark: Decimal
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Who reaches the pass mark (equal is enough), who stays below, who has no score."""
    unscored = frozenset(candidate for candidate, score in scores.items() if score is None)
    passed = frozenset(c for c, score in scores.items() if score is not None and rounded(score) >= pass_mark)
    return passed, frozenset(scores) - passed - unscored, unscored


def _part(group: list[str], chain: Sequence[TieKey], parted_by: dict[str, str]) -> list[list[str]]:
    if len(group) == 1 or not chain:
        return [group]
    key, rest = chain[0], chain[1:]
    if any(key.values.get(candidate) is None for candidate in group):
        return _part(group, rest, parted_by)
    parts = _groups(group, key.values, higher_first=key.higher_first)
    if len(parts) > 1:
        parted_by |= dict.fromkeys(group, key.name)
    return [smaller for part in parts for smaller in _part(part, rest, parted_by)]


def _groups(candidates: Iterable[str], values: Mapping[str, Decimal | int], *, higher_first: bool) -> list[list[str]]:
    in_order = sorted(candidates, key=lambda c: values[c], reverse=higher_first)
    return [sorted(group) for _, group in groupby(in_order, key=lambda c: values[c])]
