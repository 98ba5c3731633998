"""Canonical JSON: one spelling whatever the order, nothing inexact."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.canonical import canonical, digest

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_and_chinese_stands_as_it_is():
    assert canonical({"价格": 1200, "a": [True, None]}) == '{"a":[true,null],"价格":1200}'.encode()


@given(st.dictionaries(st.text(), values, max_size=6), st.randoms())
def test_the_order_of_writing_makes_no_difference(document, chance):
    keys = list(document)
    chance.shuffle(keys)

    assert digest({key: document[key] for key in keys}) == digest(document)


@given(values)
def test_reading_it_back_gives_the_same_value(value):
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize("value", [Decimal("1.5"), 2**53, "\ud800", {1: 2}, b"raw", float("nan")])
def test_what_json_cannot_carry_exactly_is_refused(value):
    with pytest.raises(ValueError):
        canonical(value)
