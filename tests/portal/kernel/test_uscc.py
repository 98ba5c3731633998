"""The credit code: known good codes pass, every single slip is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as other_implementation

from portal.kernel.uscc import ALPHABET, check_character, is_valid


@pytest.mark.parametrize("code", ["91350100M000100Y43", "91110000101623741K", "91340100MA0000000G"])
def test_real_and_published_codes_are_valid(code):
    assert is_valid(code)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "91350100M000100Y4",
        "91350100M000100Y433",
        " 91350100M000100Y43",
        "91350100m000100y43",
        "91350100M000100Y44",
        "9135010OM000100Y43",
        "９1350100M000100Y43",
    ],
)
def test_anything_else_is_not(code):
    assert not is_valid(code)


bodies = st.text(ALPHABET, min_size=17, max_size=17)


@given(bodies, st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(body, place, wrong):
    code = body + check_character(body)
    slipped = code[:place] + wrong + code[place + 1 :]

    assert is_valid(code)
    assert is_valid(slipped) == (slipped == code)


@given(bodies)
def test_the_check_character_agrees_with_another_implementation(body):
    assert check_character(body) == other_implementation.calc_check_digit(body)


def test_remainder_zero_gives_zero():
    assert check_character("0" * 17) == "0"
