"""The hash tree over the record and over each box: roots and proofs that anybody can check.

RFC 6962, section 2.1, with SHA-256. The portal stores the hash of every complete subtree as
``(level, index)``, which covers the leaves from ``index << level`` on; so a root or a proof
reads a number of stored nodes that grows with the logarithm of the tree.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

Read = Callable[[int, int], bytes]
Node = tuple[int, int, bytes]
HashOf = Callable[[int, int], bytes]


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of one raw leaf, marked with 0x00."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees, marked with 0x01."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over raw leaves; over none it is SHA-256 of nothing."""
    return _over(leaves)(0, len(leaves))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from leaf ``index`` to the root, lowest first.

    Raises ValueError when there is no such leaf.
    """
    return _path(index, len(leaves), _over(leaves))


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """The hashes that show that the first ``old_size`` leaves are still there, unchanged.

    Nothing to show for an ``old_size`` of 0 or of all; raises ValueError outside of that.
    """
    return _growth(old_size, len(leaves), _over(leaves))


def nodes_completed_by(index: int, hashed_leaf: bytes, read: Read) -> list[Node]:
    """The nodes to store when leaf ``index`` is appended: itself and each subtree it completes.

    ``hashed_leaf`` is its :func:`leaf_hash`; ``read(level, index)`` gives a node stored earlier.
    """
    nodes, level = [(0, index, hashed_leaf)], 0
    while index >> level & 1:
        place = index >> level
        hashed = node_hash(read(level, place - 1), nodes[-1][2])
        level += 1
        nodes.append((level, place >> 1, hashed))
    return nodes


def root_from(size: int, read: Read) -> bytes:
    """The root over the first ``size`` leaves from stored nodes; equals :func:`root`."""
    return _stored(read)(0, size)


def inclusion_from(index: int, size: int, read: Read) -> list[bytes]:
    """The inclusion proof of leaf ``index`` in the first ``size`` leaves, from stored nodes."""
    return _path(index, size, _stored(read))


def consistency_from(old_size: int, size: int, read: Read) -> list[bytes]:
    """The consistency proof between two sizes, from stored nodes."""
    return _growth(old_size, size, _stored(read))


def verify_inclusion(hashed_leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether ``proof`` leads from the :func:`leaf_hash` at ``index`` to ``root`` of ``size`` leaves."""
    if not 0 <= index < size:
        return False
    here, last, hashed = index, size - 1, hashed_leaf
    for step in proof:
        if not last:
            return False
        if here & 1 or here == last:
            hashed = node_hash(step, hashed)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            hashed = node_hash(hashed, step)
        here, last = here >> 1, last >> 1
    return not last and hashed == root


def verify_consistency(old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Whether ``proof`` shows that the tree with ``root`` grew out of the one with ``old_root``."""
    if not 0 <= old_size <= size:
        return False
    if old_size in (0, size):
        expected = sha256().digest() if old_size == 0 else root
        return not proof and old_root == expected
    steps = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    here, last = old_size - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    if not steps:
        return False
    old = new = steps[0]
    for step in steps[1:]:
        if not last:
            return False
        if here & 1 or here == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new = node_hash(new, step)
        here, last = here >> 1, last >> 1
    return not last and old == old_root and new == root


def _over(leaves: Sequence[bytes]) -> HashOf:
    def hash_of(start: int, end: int) -> bytes:
        if end - start < 2:
            return leaf_hash(leaves[start]) if end > start else sha256().digest()
        middle = _middle(start, end)
        return node_hash(hash_of(start, middle), hash_of(middle, end))

    return hash_of


def _stored(read: Read) -> HashOf:
    def hash_of(start: int, end: int) -> bytes:
        size = end - start
        if not size:
            return sha256().digest()
        if not size & (size - 1):
            level = size.bit_length() - 1
            return read(level, start >> level)
        middle = _middle(start, end)
        return node_hash(hash_of(start, middle), hash_of(middle, end))

    return hash_of


def _middle(start: int, end: int) -> int:
    return start + (1 << (end - start - 1).bit_length() - 1)


def _path(index: int, size: int, hash_of: HashOf) -> list[bytes]:
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} among {size}")
    start, end, proof = 0, size, []
    while end - start > 1:
        middle = _middle(start, end)
        if index < middle:
            proof.append(hash_of(middle, end))
            end = middle
        else:
            proof.append(hash_of(start, middle))
            start = middle
    return proof[::-1]


def _growth(old_size: int, size: int, hash_of: HashOf) -> list[bytes]:
    if not 0 <= old_size <= size:
        raise ValueError(f"a tree of {size} leaves did not grow out of one of {old_size}")
    if old_size in (0, size):
        return []
    start, end, proof = 0, size, []
    while end > old_size:
        middle = _middle(start, end)
        if old_size <= middle:
            proof.append(hash_of(middle, end))
            end = middle
        else:
            proof.append(hash_of(start, middle))
            start = middle
    if start:
        proof.append(hash_of(start, end))
    return proof[::-1]
