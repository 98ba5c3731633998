"""The draw: RFC 3797's own example, and a draw anybody can repeat."""

import hashlib
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from challenges.policy.drawing import draw

RFC_KEY = "9319./2.5.8.10.12./9.18.26.34.41.45./"
keys = st.text(string.digits + "./", min_size=1, max_size=40)


def test_the_example_of_rfc_3797():
    assert draw(RFC_KEY, 25, 10, digest="md5") == [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]


def test_the_first_number_by_hand_with_sha256():
    hashed = hashlib.sha256(b"\0\0" + RFC_KEY.encode() + b"\0\0").hexdigest()

    assert draw(RFC_KEY, 41, 1) == [int(hashed, 16) % 41 + 1]


@given(keys, st.integers(0, 60), st.data())
def test_numbers_are_different_and_a_longer_draw_begins_with_the_shorter(key, pool, data):
    count = data.draw(st.integers(0, pool))
    drawn = draw(key, pool, count)

    assert len(set(drawn)) == count
    assert set(drawn) <= set(range(1, pool + 1))
    assert draw(key, pool, pool)[:count] == drawn


def test_drawing_everybody_is_a_permutation():
    assert sorted(draw(RFC_KEY, 300, 300)) == list(range(1, 301))


@pytest.mark.parametrize(("pool", "count"), [(3, 4), (0, 1), (5, -1)])
def test_more_than_the_pool_holds_is_refused(pool, count):
    with pytest.raises(ValueError, match="cannot draw"):
        draw(RFC_KEY, pool, count)


@pytest.mark.parametrize("arguments", [("種子./", 5, 2, "sha256"), (RFC_KEY, 5, 2, "no-such-digest")])
def test_a_key_that_is_not_ascii_and_an_unknown_digest_are_refused(arguments):
    key, pool, count, digest = arguments

    with pytest.raises(ValueError):
        draw(key, pool, count, digest=digest)
