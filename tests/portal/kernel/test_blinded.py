"""The blinded tree: paths of one length, a root that binds, and nothing that tells taken from empty."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel import blinded, merkle

SEED = bytes(range(32))
TAKEN = st.dictionaries(st.integers(0, blinded.PLACES - 1), st.binary(min_size=32, max_size=32), min_size=1, max_size=12)


@given(taken=TAKEN, data=st.data())
def test_a_path_leads_from_its_leaf_and_place_only(taken, data):
    place = data.draw(st.sampled_from(sorted(taken)))

    path, root = blinded.path(taken, SEED, place), blinded.root(taken, SEED)

    assert len(path) == blinded.DEPTH
    assert merkle.verify_inclusion(taken[place], place, blinded.PLACES, path, root)
    assert not merkle.verify_inclusion(sha256(taken[place]).digest(), place, blinded.PLACES, path, root)
    assert not merkle.verify_inclusion(taken[place], place ^ 1, blinded.PLACES, path, root)


@given(taken=TAKEN, place=st.integers(0, blinded.PLACES - 1), leaf=st.binary(min_size=32, max_size=32))
def test_another_leaf_makes_another_root(taken, place, leaf):
    other = {**taken, place: leaf}

    assert (blinded.root(other, SEED) == blinded.root(taken, SEED)) is (other == taken)


def test_the_empty_tree_has_a_root_that_only_its_seed_explains():
    assert blinded.root({}, SEED) != blinded.root({}, bytes(32))
    assert len(blinded.root({}, SEED)) == 32


def test_a_place_outside_the_tree_is_refused():
    with pytest.raises(ValueError, match="from 0 to 65535"):
        blinded.root({blinded.PLACES: bytes(32)}, SEED)
    with pytest.raises(KeyError):
        blinded.path({1: bytes(32)}, SEED, 2)
