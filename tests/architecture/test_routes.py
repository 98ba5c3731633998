"""Nobody walks a case with fewer people than the rules ask for; and the table of acts that says so does not lie."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from portal.duties import APART, Duty, Scope
from portal.management.routes.act import APPROVER, CLOCK, OFFICER, Act, happened, step
from portal.management.routes.asked import GOALS, NEVER
from portal.management.routes.search import (
    ACTS,
    World,
    faults,
    people_needed,
    steps_nobody_takes,
    steps_outside_the_flows,
)
from tests.architecture.acts_in_source import CLASSES, MODULES, acting, duties_of, states_of

ROOT = Path(__file__).parents[2]
FROM_THE_RECORD = {"release_instalment"}
"""Actions that read from the record where they move to."""

BY_STAGE = {"vetting", "vetting_projects"}
"""Modules whose duty is looked up by the stage of vetting; what is really taken is seen below."""

ACTIONS = sorted((module, name) for module in MODULES for name in acting(module))


def one_hand(found) -> list[str]:
    return [fault.words for fault in found]


def test_the_release_has_no_way_around_the_rules():
    assert faults() == []


def test_the_rules_ask_for_exactly_as_many_people_as_are_needed():
    found = {goal.words: people_needed(goal) for goal in GOALS}

    assert {words: each[0] if each else NEVER for words, each in found.items()} == {
        goal.words: goal.people for goal in GOALS
    }


def test_a_pair_taken_out_of_the_table_is_found():
    doubled = {
        pair.name for pair in APART if not faults(World(apart=[each for each in APART if each is not pair]))
    }  # what acting for a party keeps apart already

    assert doubled == {
        *(f"duty_signs_taskbook_for_{one}_apart_from_signs_taskbook_for_{other}"
          for one in ("poster", "bidder") for other in ("district", "bureau")),
        "duty_enters_account_apart_from_confirms_account",
        "duty_enters_account_apart_from_prepares_payment",
        "duty_enters_account_apart_from_approves_payment",
        "duty_reports_milestone_apart_from_decides_on_milestone",
    }  # fmt: skip


def test_a_route_that_is_found_is_told_person_by_person():
    without = [pair for pair in APART if pair.name != "duty_prepares_payment_apart_from_approves_payment"]

    found = next(fault for fault in faults(World(apart=without)) if "City money below" in fault.words)

    assert found.words == "City money below 1 million yuan is paid, from the award on: 3 people can do it, the rules ask for 4"
    told = re.findall(r"person (\d): (\w+)", str(found))
    assert [name for _number, name in told] == [
        "claim_instalment", "verify_claim", "enter_bank_account", "confirm_bank_account", "prepare_payment", "approve_payment",
    ]  # fmt: skip
    person = {name: number for number, name in told}
    assert person["prepare_payment"] == person["approve_payment"] != person["verify_claim"]


def test_one_approval_less_is_found():
    assert len(faults(World(approvers=1))) == 2


def test_a_smaller_panel_is_found():
    people = {"one": 1, "experts of a board": 3, "experts of a project": 3}

    assert one_hand(faults(World(people=people)))


@pytest.mark.parametrize(
    "planted",
    [
        Act("planted.pay_at_once", APPROVER, (step("payment", "prepared", "confirmed"),)),
        Act("planted.approve_alone", OFFICER, (step("project", "reviewed", "approved"),), ((Duty.HANDLES_CASE, (Scope.CASE,)),)),
        Act("planted.look_into_the_box", OFFICER, duties=((Duty.OPENS_BOX, (Scope.CASE,)),),
            gives=(happened("a sealed bid is read"),), needs={("bid", "sealed"): ""}),
        Act("planted.close_early", CLOCK, (step("challenge", "published", "closed"),)),
    ],
    ids=lambda act: act.function,
)  # fmt: skip
def test_an_act_planted_into_the_portal_is_found(planted):
    found = faults(World(acts=[*ACTS, planted]))

    assert any(planted.function in str(fault) or planted.function == "close_early" for fault in found)


def test_an_act_that_forgets_its_duty_is_found():
    for name in ("confirm_decision", "approve_payment", "name_experts", "lock_project_panel"):
        bare = [replace(act, duties=()) if act.function == name else act for act in ACTS]
        assert faults(World(acts=bare))


def test_every_step_of_an_act_is_in_the_flows_and_what_nobody_takes_is_written_down():
    assert steps_outside_the_flows() == []
    call_command("draw_duties", check=True)
    without = [act for act in ACTS if act.function != "pool_need"]
    assert ("challenge", "recommended", "pooled") in set(steps_nobody_takes(World(acts=without))) - set(steps_nobody_takes())


def test_every_action_that_moves_a_state_or_takes_a_duty_stands_in_the_table():
    assert {f"{module}.{name}" for module, name in ACTIONS} == {act.name for act in ACTS if act.steps or act.duties}


@pytest.mark.parametrize(("module", "name"), ACTIONS)
def test_the_table_names_the_states_and_duties_that_the_source_names(module, name):
    acts = [act for act in ACTS if act.name == f"{module}.{name}"]
    declared = {f"{CLASSES[each.of]}.{each.target.upper()}" for act in acts for each in act.steps}

    if name not in FROM_THE_RECORD:
        assert declared == states_of(module, name)
    taken, named = {duty for act in acts for duty, _places in act.duties}, duties_of(module, name)
    assert taken <= named if module.rpartition(".")[2] in BY_STAGE else taken == named


def test_what_an_act_rests_on_is_refused_by_its_code_without_it():
    source = "".join(
        file.read_text() for app in ("challenges", "funding", "portal/kernel") for file in (ROOT / app).rglob("*.py")
    )

    for act in ACTS:
        for code in act.needs.values():
            assert not code or f'"{code}"' in source
