"""Delegation opens no route with fewer people; a portal that took a delegated act lightly would be found out."""

import pytest

from portal.apart import IN_PERSON
from portal.delegable import DONE_ONESELF, TAKEN_OVER_BY, why_oneself
from portal.management.routes.act import CLOCK, PARTIES
from portal.management.routes.asked import GOALS
from portal.management.routes.lending import BOTH, DOER, LENDER, ROLE_OF, Lending, is_lendable
from portal.management.routes.search import ACTS, World, faults, people_needed
from portal.models import Role
from tests.architecture.acts_in_source import MODULES, acting, in_person_of

ACTIONS = sorted((module, name) for module in MODULES for name in acting(module))


def also(*functions: str):
    """A table that lends these acts beside what may be lent."""
    return lambda act: is_lendable(act) or act.function in functions


def found_in(lending: Lending) -> str:
    return "\n".join(str(fault) for fault in faults(World(lending=lending)))


def test_the_search_lends_most_acts_and_finds_as_many_people_as_without():
    nothing = World(lending=Lending(lends=lambda act: False))

    assert len({act.function for act in ACTS if is_lendable(act)}) > 40
    assert faults() == faults(nothing) == []
    assert [people_needed(goal, World()) and people_needed(goal, World())[0] for goal in GOALS] == [
        people_needed(goal, nothing) and people_needed(goal, nothing)[0] for goal in GOALS
    ]


def test_as_long_as_both_carry_every_duty_no_lent_act_could_save_a_person():
    assert found_in(Lending(lends=lambda act: act.who != CLOCK)) == ""


@pytest.mark.parametrize("carry", [(), (LENDER,), (DOER,)], ids=["nobody", "the-lender", "the-doer"])
def test_a_duty_that_one_of_the_two_does_not_take_is_found_with_its_route(carry):
    found = found_in(Lending(carry=carry))

    assert (
        "City money below 1 million yuan is paid, from the award on: 3 people can do it, the rules ask for 4\n"
        "    person 3: claim_instalment (poster, delegated)\n"
        "    anybody: verify_claim (officer, delegated)\n"
    ) in found
    assert "An agreement is signed: 7 people can do it, the rules ask for 10" in found
    assert "takes no duty, so anybody may do it beside any other\n    person 1: prepare_payment (finance preparer, delegated)" in found


@pytest.mark.parametrize("counts", [(DOER,), (LENDER,)], ids=["two-doers-for-one", "one-doer-for-two"])
def test_approving_twice_for_one_person_is_found_with_its_route(counts):
    found = found_in(Lending(lends=also("approve_payment"), counts=counts))

    assert "City money from 1 million yuan is paid, from the award on: 4 people can do it, the rules ask for 5" in found
    assert "City money from 5 million yuan is paid, from the award on: 4 people can do it, the rules ask for 6" in found
    assert found.count("approve_payment (finance approver, delegated)") == 2
    assert found_in(Lending(lends=also("approve_payment"))) == ""


@pytest.mark.parametrize("counts", [(DOER,), (LENDER,)], ids=["two-doers-for-one", "one-doer-for-two"])
def test_scoring_twice_for_one_person_is_found(counts):
    assert "An agreement is signed: 6 people can do it" in found_in(Lending(lends=also("accept_seat"), counts=counts))


@pytest.mark.parametrize("carry", [(DOER,), (LENDER,)])
def test_signing_for_both_sides_is_found(carry):
    found = found_in(Lending(lends=also("sign_agreement", "sign_taskbook"), carry=carry))

    assert "One person can be both: the two sides of an agreement" in found
    assert "sign_taskbook (division head, delegated)" in found


def test_a_decision_confirmed_for_whoever_recorded_it_is_found():
    found = found_in(Lending(lends=also("confirm_decision"), carry=(DOER,)))

    assert "anybody: confirm_decision (division head, delegated)" in found


@pytest.mark.parametrize(("module", "name"), ACTIONS)
def test_the_table_names_what_the_source_writes_in_person(module, name):
    acts = [act for act in ACTS if act.name == f"{module}.{name}"]

    assert {kind for act in acts for kind in act.kinds if why_oneself(kind)} == in_person_of(module, name)


def test_what_the_search_calls_an_office_is_a_role_and_lent_as_the_table_says():
    assert set(ROLE_OF.values()) <= set(Role.values)
    assert {act.who for act in ACTS} - set(ROLE_OF) == {CLOCK, "anybody", *PARTIES}
    assert {ROLE_OF.get(act.who, "district") for act in ACTS if is_lendable(act)} <= set(TAKEN_OVER_BY)


def test_a_duty_that_is_taken_in_person_is_lent_by_no_act():
    assert [act.name for act in ACTS if is_lendable(act) and {duty for duty, _places in act.duties} & set(IN_PERSON)] == []
    assert set(IN_PERSON.values()) <= set(DONE_ONESELF)
    assert set(Lending().carry) == set(Lending().counts) == set(BOTH)
