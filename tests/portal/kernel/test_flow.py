"""The life of a case as a table: broken tables are refused when they are written."""

import pytest

from portal.kernel.errors import WrongState
from portal.kernel.flow import Flow

SHEET = Flow(
    born="draft",
    steps={
        "draft": {"submitted"},
        "submitted": {"reopened", "set_aside"},
        "reopened": {"submitted"},
    },
    final={"set_aside"},
)


def test_the_table_knows_its_states_and_steps():
    assert SHEET.states == {"draft", "submitted", "reopened", "set_aside"}
    assert SHEET.leads("submitted", "reopened")
    assert not SHEET.leads("draft", "set_aside")
    assert not SHEET.leads("set_aside", "draft")


def test_a_step_that_is_not_there_is_a_wrong_state():
    SHEET.check("draft", "submitted")

    with pytest.raises(WrongState) as refusal:
        SHEET.check("submitted", "draft")

    assert (refusal.value.code, refusal.value.status) == ("wrong_state", 409)
    assert refusal.value.facts == {"state": "submitted", "target": "draft"}


def test_staying_where_one_is_is_no_step_so_a_second_click_is_refused():
    with pytest.raises(WrongState):
        SHEET.check("submitted", "submitted")


def test_a_state_that_cannot_be_reached_is_refused():
    with pytest.raises(ValueError, match=r"cannot be reached: \['lost'\]"):
        Flow(born="draft", steps={"draft": {"done"}, "lost": {"done"}}, final={"done"})


def test_a_final_state_that_cannot_be_reached_is_refused():
    with pytest.raises(ValueError, match="cannot be reached"):
        Flow(born="draft", steps={"draft": {"done"}}, final={"done", "archived"})


def test_a_state_that_cannot_be_left_must_be_final():
    with pytest.raises(ValueError, match=r"cannot be left and are not final: \['done'\]"):
        Flow(born="draft", steps={"draft": {"done"}})


def test_a_final_state_may_still_lead_on():
    assert Flow(born="a", steps={"a": {"b"}, "b": {"a"}}, final={"b"}).leads("b", "a")
