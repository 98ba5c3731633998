"""A hash tree of fixed size in which nobody can tell a taken place from an empty one.

It has ``PLACES`` leaves. An empty subtree is not hashed out: its node is drawn from a secret
``seed``, so it looks like any other. A path therefore always has ``DEPTH`` steps, whatever else
the tree holds, and is checked like every RFC 6962 path by :func:`merkle.verify_inclusion`. Who has
the seed and the leaves makes the root again, and so knows that the tree holds nothing besides.
"""

from collections.abc import Mapping
from hashlib import sha256

from portal.kernel.merkle import node_hash

DEPTH = 16
PLACES = 1 << DEPTH


def blind(seed: bytes, level: int, index: int) -> bytes:
    """The node of an empty subtree; without the seed nobody can say that it is one."""
    return sha256(b"\x02" + seed + level.to_bytes(1) + index.to_bytes(4)).digest()


def root(leaves: Mapping[int, bytes], seed: bytes) -> bytes:
    """The root over hashed leaves by place; ValueError for a place outside the tree."""
    return _levels(leaves, seed)[-1].get(0) or blind(seed, DEPTH, 0)


def path(leaves: Mapping[int, bytes], seed: bytes, place: int) -> list[bytes]:
    """The ``DEPTH`` hashes that lead from a leaf to the root, lowest first; KeyError where no leaf is."""
    leaves[place]
    levels = _levels(leaves, seed)
    steps = [place >> level ^ 1 for level in range(DEPTH)]
    return [levels[level].get(beside) or blind(seed, level, beside) for level, beside in enumerate(steps)]


def _levels(leaves: Mapping[int, bytes], seed: bytes) -> list[dict[int, bytes]]:
    """The nodes over taken places, level by level, the leaves first."""
    if not all(0 <= place < PLACES for place in leaves):
        raise ValueError(f"a place of the tree is from 0 to {PLACES - 1}")
    levels = [dict(leaves)]
    for level in range(DEPTH):
        below = levels[-1]
        levels.append({
            parent: node_hash(*(below.get(child) or blind(seed, level, child) for child in (2 * parent, 2 * parent + 1)))
            for parent in {place >> 1 for place in below}
        })  # fmt: skip
    return levels
