"""The hash tree: RFC 6962's published vectors, and proofs that prove nothing false."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import merkle

LEAVES = [bytes.fromhex(text) for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
LEAVES.append(bytes.fromhex("606162636465666768696a6b6c6d6e6f"))
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}

trees = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def stored(leaves):
    """The nodes that appending ``leaves`` one by one stores, and a reader that counts."""
    nodes, reads = {}, []

    def read(level, index):
        reads.append((level, index))
        return nodes[level, index]

    for index, leaf in enumerate(leaves):
        for level, place, hashed in merkle.nodes_completed_by(index, merkle.leaf_hash(leaf), read):
            assert (level, place) not in nodes
            nodes[level, place] = hashed
    reads.clear()
    return read, reads


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size):
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize("index_and_size", INCLUSION)
def test_published_inclusion_proofs(index_and_size):
    index, size = index_and_size

    assert [step.hex() for step in merkle.inclusion_proof(LEAVES[:size], index)] == INCLUSION[index_and_size]


@pytest.mark.parametrize("sizes", CONSISTENCY)
def test_published_consistency_proofs(sizes):
    old, new = sizes

    assert [step.hex() for step in merkle.consistency_proof(LEAVES[:new], old)] == CONSISTENCY[sizes]


@given(trees, st.data())
def test_an_inclusion_proof_holds_for_its_leaf_and_place_only(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root, leaf = merkle.inclusion_proof(leaves, index), merkle.root(leaves), merkle.leaf_hash(leaves[index])

    assert merkle.verify_inclusion(leaf, index, len(leaves), proof, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"something else"), index, len(leaves), proof, root)
    assert not merkle.verify_inclusion(leaf, len(leaves), len(leaves), proof, root)
    assert not merkle.verify_inclusion(leaf, index, len(leaves), [*proof, root], root)
    assert not proof or not merkle.verify_inclusion(leaf, index, len(leaves), proof[:-1], root)


@given(trees, st.data())
def test_a_consistency_proof_holds_and_a_changed_past_is_noticed(leaves, data):
    old = data.draw(st.integers(0, len(leaves)))
    proof, before, after = merkle.consistency_proof(leaves, old), merkle.root(leaves[:old]), merkle.root(leaves)

    assert merkle.verify_consistency(old, len(leaves), proof, before, after)
    assert not merkle.verify_consistency(old, len(leaves), [*proof, after], before, after)
    assert not merkle.verify_consistency(old, len(leaves), proof, merkle.leaf_hash(b"another past"), after)
    if 0 < old < len(leaves):
        assert not merkle.verify_consistency(old, len(leaves), proof, before, merkle.leaf_hash(b"another present"))
        assert not merkle.verify_consistency(old, len(leaves), proof[:-1], before, after)


@given(trees, st.data())
def test_the_stored_tree_gives_the_same_roots_and_proofs(leaves, data):
    read, _ = stored(leaves)
    size = data.draw(st.integers(1, len(leaves)))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))

    assert merkle.root_from(size, read) == merkle.root(leaves[:size])
    assert merkle.inclusion_from(index, size, read) == merkle.inclusion_proof(leaves[:size], index)
    assert merkle.consistency_from(old, size, read) == merkle.consistency_proof(leaves[:size], old)


def test_a_proof_reads_few_nodes_of_a_large_tree():
    leaves = [str(number).encode() for number in range(5000)]
    read, reads = stored(leaves)

    merkle.root_from(4999, read)
    merkle.inclusion_from(17, 4999, read)
    merkle.consistency_from(3001, 4999, read)

    assert len(reads) <= 4 * 13


@pytest.mark.parametrize("index", [-1, 8])
def test_a_leaf_that_is_not_there_has_no_proof(index):
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_proof(LEAVES, index)


@pytest.mark.parametrize("old_size", [-1, 9])
def test_a_tree_does_not_grow_out_of_a_larger_one(old_size):
    with pytest.raises(ValueError, match="did not grow"):
        merkle.consistency_proof(LEAVES, old_size)


def test_the_ends_of_growth_need_no_proof():
    assert merkle.consistency_proof(LEAVES, 0) == merkle.consistency_proof(LEAVES, 8) == []
    assert merkle.verify_consistency(0, 8, [], sha256().digest(), merkle.root(LEAVES))
    assert not merkle.verify_consistency(0, 8, [], b"not the empty root", merkle.root(LEAVES))
    assert merkle.root_from(0, lambda level, index: b"") == sha256().digest()
