"""Permissions: a no carries its reason, and becomes an error when it is required."""

import pytest

from portal.kernel.errors import NotAllowed, WrongState
from portal.kernel.verdict import YES, no, require


def test_a_yes_is_true_and_passes():
    assert YES
    require(YES)


def test_a_no_is_false_and_raises_what_it_says():
    verdict = no("The deadline has passed.", "deadline_passed", closed="17:00")

    with pytest.raises(NotAllowed) as refusal:
        require(verdict)

    assert not verdict
    assert (refusal.value.code, refusal.value.message) == ("deadline_passed", "The deadline has passed.")
    assert refusal.value.facts == {"closed": "17:00"}


def test_a_no_may_be_of_another_kind():
    with pytest.raises(WrongState):
        require(no("It was handed in before.", "wrong_state", WrongState))
