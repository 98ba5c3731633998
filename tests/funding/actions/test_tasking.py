"""The task book: never below the application, to the fen, four people, one text."""

from datetime import date
from decimal import Decimal

import pytest

from funding.actions.tasking import (
    draft_taskbook,
    save_taskbook,
    send_taskbook_to_sign,
    sign_taskbook,
    withdraw_taskbook_for_correction,
)
from funding.forms.taskbooks import instalment_rows, milestone_rows
from funding.models import Instalment, Milestone, TaskParty
from funding.states import ProjectState, TaskBookState
from portal.kernel.errors import Clash, NotAllowed, Refused, WrongState
from portal.kernel.money import wan_to_fen
from portal.models import Grant, MemberRole, Membership, Role

WAN = wan_to_fen


def terms(taskbook, **changed) -> dict:
    """What ``save_taskbook`` takes, as it stands now, with changes."""
    milestones = [{**row, "indicator": None, "target": None} for row in milestone_rows(taskbook)]
    return {
        "starts_on": taskbook.starts_on,
        "ends_on": taskbook.ends_on,
        "indicators": {line.indicator_id: line.value for line in taskbook.indicators.all()},
        "milestones": milestones,
        "instalments": instalment_rows(taskbook),
        **changed,
    }


def test_the_draft_comes_from_application_bid_and_rules(make, clock):
    clock.china(2026, 6, 1)
    project = make.approved_project(clock)
    clock.china(2026, 9, 1)

    taskbook = draft_taskbook(project.pk, by=make.editor(project.poster), now=clock.now())

    assert (taskbook.starts_on, taskbook.ends_on) == (date(2026, 9, 1), date(2029, 8, 31))
    assert [each.amount_fen for each in taskbook.instalments.all()] == [WAN("300"), WAN("400"), WAN("300")]
    assert [each.due_on for each in taskbook.milestones.all()] == [date(2026, 10, 1), date(2027, 3, 1), date(2029, 8, 31)]
    with pytest.raises(Clash):
        draft_taskbook(project.pk, by=make.editor(project.poster), now=clock.now())


def test_one_fen_off_is_refused_and_nothing_changes(make, clock):
    taskbook = make.taskbook(clock)
    rows = instalment_rows(taskbook)
    rows[0]["amount_fen"] -= 1

    with pytest.raises(Refused) as refusal:
        save_taskbook(
            taskbook.pk, **terms(taskbook, instalments=rows), by=make.editor(taskbook.project.poster), now=clock.now()
        )

    assert (refusal.value.code, refusal.value.facts["difference_fen"]) == ("instalments_not_the_award", 1)
    assert [each.amount_fen for each in taskbook.project.taskbooks.get().instalments.all()] == [
        WAN("300"), WAN("400"), WAN("300"),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "factor"), [("全温区误差", "1.01"), ("量程", "0.99")])
def test_an_indicator_below_the_applications_is_refused(make, clock, name, factor):
    taskbook = make.taskbook(clock)
    indicator = taskbook.project.challenge.indicators.get(name=name)
    values = terms(taskbook)["indicators"] | {indicator.pk: (indicator.value * Decimal(factor)).quantize(Decimal("0.000001"))}

    with pytest.raises(Refused) as refusal:
        save_taskbook(
            taskbook.pk, **terms(taskbook, indicators=values), by=make.editor(taskbook.project.poster), now=clock.now()
        )

    assert (refusal.value.code, refusal.value.facts["indicator"]) == ("taskbook_lower", name)


def test_four_people_sign_in_any_order_and_then_all_is_compiled(make, clock):
    taskbook = make.taskbook_to_sign(clock)
    signers = make.signers(taskbook.project)

    for party in reversed(TaskParty.values):
        assert make.fresh_project(taskbook.project).state == ProjectState.APPROVED
        taskbook = sign_taskbook(taskbook.pk, party=party, by=signers[party], now=clock.now())
    with pytest.raises(WrongState):
        sign_taskbook(taskbook.pk, party="bureau", by=signers["bureau"], now=clock.now())

    project = make.fresh_project(taskbook.project)
    assert (taskbook.state, project.state, project.starts_on) == (
        TaskBookState.SIGNED, ProjectState.UNDER_WAY, taskbook.starts_on,
    )  # fmt: skip
    assert sum(each.planned_fen for each in Instalment.objects.filter(project=project)) == project.award_fen
    milestone = Milestone.objects.get(project=project, title="原理样机")
    assert Instalment.objects.get(project=project, trigger="milestone").milestone == milestone
    assert {each.digest for each in taskbook.signatures.all()} == {taskbook.digest}


def test_a_party_signs_once_and_a_person_for_one_party(make, clock):
    taskbook = make.taskbook_to_sign(clock)
    project = taskbook.project
    both = make.administrator(project.poster)
    Membership.objects.create(
        user=both, organisation=project.bidder, role=MemberRole.ADMINISTRATOR, starts_on=date(2020, 1, 1)
    )
    both = type(both).objects.get(pk=both.pk)
    sign_taskbook(taskbook.pk, party="poster", by=both, now=clock.now())

    with pytest.raises(WrongState) as twice:
        sign_taskbook(taskbook.pk, party="poster", by=both, now=clock.now())
    with pytest.raises(NotAllowed) as other:
        sign_taskbook(taskbook.pk, party="bidder", by=both, now=clock.now())
    with pytest.raises(NotAllowed):
        sign_taskbook(taskbook.pk, party="bureau", by=make.case_officer(), now=clock.now())

    assert twice.value.code == "taskbook_signed_already"
    assert other.value.code == "taskbook_one_person_one_party"


def test_after_a_correction_all_four_sign_the_new_text(make, clock):
    taskbook = make.taskbook_to_sign(clock)
    signers, editor = make.signers(taskbook.project), make.editor(taskbook.project.poster)
    sign_taskbook(taskbook.pk, party="poster", by=signers["poster"], now=clock.now())
    withdraw_taskbook_for_correction(taskbook.pk, why="期限写错。", by=signers["district"], now=clock.now())
    taskbook = save_taskbook(taskbook.pk, **terms(taskbook, terms="另附知识产权条款。"), by=editor, now=clock.now())
    taskbook = send_taskbook_to_sign(taskbook.pk, by=editor, now=clock.now())

    for party in ("bidder", "district", "bureau"):
        sign_taskbook(taskbook.pk, party=party, by=signers[party], now=clock.now())
    assert make.fresh_project(taskbook.project).state == ProjectState.APPROVED

    sign_taskbook(taskbook.pk, party="poster", by=signers["poster"], now=clock.now())
    assert make.fresh_project(taskbook.project).state == ProjectState.UNDER_WAY


def test_a_division_head_without_the_grant_today_does_not_sign(make, clock):
    taskbook = make.taskbook_to_sign(clock)
    head = make.division_head()
    Grant.objects.filter(user=head, role=Role.DIVISION_HEAD).update(ends_on=date(2021, 1, 1))
    head = type(head).objects.get(pk=head.pk)

    with pytest.raises(NotAllowed):
        sign_taskbook(taskbook.pk, party="bureau", by=head, now=clock.now())
