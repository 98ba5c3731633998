"""The last of an appropriation, and a decision confirmed twice: many threads, one outcome."""

from datetime import timedelta

import pytest

from funding.actions.approving import confirm_decision
from funding.actions.giving_up import give_up_award
from funding.actions.tasking import sign_taskbook
from funding.models import Account, Instalment, LedgerEntry
from funding.queries.rounds import left_of
from funding.states import ProjectState
from portal.clock import portal_now
from portal.kernel.errors import Refused, WrongState
from portal.kernel.money import wan_to_fen
from tests.concurrency.test_deadline import together

pytestmark = pytest.mark.django_db(transaction=True)
WAN = wan_to_fen


def test_two_rounds_against_the_last_of_an_appropriation_have_one_winner(make, clock):
    clock.china(2026, 1, 5)
    appropriation = make.appropriation("1500")
    projects = [
        make.noticed_project(clock, agreement=agreement, opened=make.round(appropriation))
        for agreement in (make.signed_agreement(clock), make.signed_agreement(clock))
    ]
    decisions, head = [make.decision(project) for project in projects], make.division_head()

    found = together(*(lambda pk=each.pk: confirm_decision(pk, by=head, now=portal_now()) for each in decisions))

    refused = [each for each in found if isinstance(each, Refused)]
    assert [each.code for each in refused] == ["budget_taken"]
    assert refused[0].facts["left_fen"] == WAN("500")
    states = sorted(make.fresh_project(each).state for each in projects)
    assert states == [ProjectState.APPROVED, ProjectState.IN_NOTICE]
    assert left_of(appropriation.pk) == WAN("500")
    assert LedgerEntry.objects.filter(kind="commitment").count() == 1


def test_a_decision_confirmed_by_eight_at_once_takes_effect_once(make, clock):
    project = make.noticed_project(clock)
    decision = make.decision(project)
    head = make.division_head()

    found = together(*([lambda: confirm_decision(decision.pk, by=head, now=portal_now())] * 8))

    assert sum(isinstance(each, WrongState) for each in found) == 7
    assert Account.objects.get(kind="committed", owner=project.pk).balance_fen == WAN("1000")
    assert left_of(project.round.appropriation_id) == WAN("1000")


def test_the_last_two_signatures_at_once_compile_once(make, clock):
    taskbook = make.taskbook_to_sign(clock)
    signers = make.signers(taskbook.project)
    for party in ("poster", "bidder"):
        sign_taskbook(taskbook.pk, party=party, by=signers[party], now=portal_now())

    together(
        *(
            lambda party=party: sign_taskbook(taskbook.pk, party=party, by=signers[party], now=portal_now())
            for party in ("district", "bureau")
        )
    )

    assert make.fresh_project(taskbook.project).state == ProjectState.UNDER_WAY
    assert Instalment.objects.filter(project=taskbook.project).count() == 3


def test_the_last_signature_and_the_lapse_at_once_have_one_outcome(make, clock):
    taskbook = make.taskbook_to_sign(clock)
    signers, late = make.signers(taskbook.project), taskbook.due_at + timedelta(microseconds=1)
    for party in ("poster", "bidder", "district"):
        sign_taskbook(taskbook.pk, party=party, by=signers[party], now=portal_now())

    signed, lapsed = together(
        lambda: sign_taskbook(taskbook.pk, party="bureau", by=signers["bureau"], now=taskbook.due_at),
        lambda: give_up_award(taskbook.project_id, now=late),
    )

    project = make.fresh_project(taskbook.project)
    given_up = project.state == ProjectState.GIVEN_UP
    assert project.state in (ProjectState.GIVEN_UP, ProjectState.UNDER_WAY)
    assert (isinstance(signed, WrongState), lapsed.state) == (given_up, project.state)
    assert Instalment.objects.filter(project=project).count() == (0 if given_up else 3)
    assert left_of(project.round.appropriation_id) == WAN("2000" if given_up else "1000")
