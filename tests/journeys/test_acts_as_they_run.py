"""What the table of acts says, held against what the actions write while they run: events and duties taken."""

import json
from collections import defaultdict
from functools import wraps
from importlib import import_module

import pytest

from challenges.actions import agreeing, objecting, publishing, vetting
from challenges.states import ChallengeState
from funding.actions import applying, disbursing, giving_up, reporting, tasking, vetting_projects
from funding.states import ProjectState
from portal.clock import portal_now
from portal.management.routes.search import ACTS
from portal.models import DutyTaken, Event, Role

pytestmark = pytest.mark.django_db

MODELS = {
    "challenges.challenge": "challenge", "challenges.bid": "bid", "challenges.agreement": "agreement",
    "challenges.objection": "objection", "funding.project": "project", "funding.taskbook": "taskbook",
    "funding.milestone": "milestone", "funding.instalment": "instalment", "funding.payment": "payment",
    "challenges.assignment": "seat", "challenges.sheet": "sheet",
}  # fmt: skip


class Seen:
    """The steps and duties that each action wrote."""

    def __init__(self) -> None:
        self.steps, self.duties = defaultdict(set), defaultdict(set)

    def watched(self, name: str, action):
        """The action itself, looked at before and after."""

        @wraps(action)
        def run(*args, **said):
            events, duties = ids(Event), ids(DutyTaken)
            done = action(*args, **said)
            for event in Event.objects.exclude(pk__in=events):
                facts = json.loads(event.body)["facts"]
                if {"from", "to"} <= set(facts) and event.subject_type in MODELS:
                    self.steps[name].add((MODELS[event.subject_type], facts["from"], facts["to"]))
            for taken in DutyTaken.objects.exclude(pk__in=duties):
                self.duties[name].add((taken.duty, taken.scope))
            return done

        return run


def ids(model) -> list:
    return list(model.objects.values_list("pk", flat=True))


@pytest.fixture
def seen(monkeypatch) -> Seen:
    """Every action of the table, watched while it runs."""
    watch = Seen()
    for name in {act.name for act in ACTS}:
        module, _dot, function = name.rpartition(".")
        run = watch.watched(name, getattr(import_module(module), function))
        monkeypatch.setattr(import_module(module), function, run)
        if ".disbursing." in module:
            monkeypatch.setattr(disbursing, function, run)
    return watch


def declared_steps(name: str) -> set[tuple[str, str, str]]:
    return {
        (each.of.removeprefix("board_").removeprefix("project_"), source, each.target)
        for act in ACTS
        if act.name == name
        for each in act.steps
        for source in each.sources
    }


def to_the_money(make, clock) -> None:
    """A case to its confirmed payment, and its first milestone."""
    payment = make.confirmed_payment(clock)
    milestone = make.reported_milestone(clock, payment.instalment.project)
    reporting.accept_milestone(milestone.pk, by=make.case_officer(), now=portal_now())


def needs_that_come_back(make, clock) -> None:
    """A need returned, a board withdrawn."""
    need = make.need(ChallengeState.SUBMITTED)
    vetting.return_need(need.pk, why="指标缺少测试条件。", by=make.reviewer(need.poster), now=portal_now())
    publishing.withdraw_challenge(make.board().pk, why="换题", by=make.case_officer(), now=portal_now())


def a_void_agreement(make, clock) -> None:
    """A signed agreement that ends."""
    agreement = make.signed_agreement(clock)
    agreeing.void_agreement(agreement.pk, why="双方同意终止", by=make.case_officer(), now=portal_now())


def an_award_given_up(make, clock) -> None:
    """An application returned and handed in again; a task book sent back; an award given up."""
    application = make.application(clock, ProjectState.RECOMMENDED)
    vetting_projects.return_application(application.pk, why="缺页", by=make.case_officer(), now=portal_now())
    applying.submit_application(application.pk, by=make.administrator(application.poster), now=portal_now())


def a_task_book_sent_back(make, clock) -> None:
    """A task book sent back, and its award given up."""
    taskbook = make.taskbook_to_sign(clock)
    tasking.withdraw_taskbook_for_correction(taskbook.pk, why="改一处", by=make.division_head(), now=portal_now())
    poster = make.administrator(taskbook.project.poster)
    giving_up.give_up_award(taskbook.project_id, why="放弃", by=poster, now=portal_now())


def an_objection(make, clock) -> None:
    """An objection to an award, dismissed."""
    project = make.project_in_notice(clock)
    notice = make.award_notice(project)
    objection = objecting.file_objection(
        notice.pk, project.pk, name="李华", phone="0551-1", reason="重复", by=make.person(), now=portal_now()
    )
    inspector = make.official(Role.DISCIPLINE)
    objecting.admit_objection(objection.pk, by=inspector, now=portal_now())
    objecting.decide_objection(objection.pk, upheld=False, reply="已核查。", by=inspector, now=portal_now())


WALKS = [to_the_money, needs_that_come_back, a_void_agreement, an_award_given_up, a_task_book_sent_back, an_objection]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_the_actions_take_no_step_and_no_duty_that_the_table_does_not_name(seen, make, clock, walk):
    walk(make, clock)

    strange = {name: found - declared_steps(name) for name, found in seen.steps.items()}
    assert {name: steps for name, steps in strange.items() if steps} == {}
    unnamed = {name: found - declared_duties(name) for name, found in seen.duties.items()}
    assert {name: duties for name, duties in unnamed.items() if duties} == {}
    assert seen.steps and seen.duties


def test_on_the_way_to_the_money_every_act_takes_the_very_places_that_the_table_names(seen, make, clock):
    to_the_money(make, clock)

    first = {"approve_payment", "prepare_payment", "confirm_decision", "record_decision", "verify_claim", "confirm_bank_account"}
    for name in {act.name for act in ACTS if act.function in first}:
        assert seen.duties[name] == declared_duties(name)
    assert len(seen.steps) >= 25


def declared_duties(name: str) -> set[tuple[str, str]]:
    return {
        (duty.value, scope.value) for act in ACTS if act.name == name for duty, places in act.duties for scope in places
    }
