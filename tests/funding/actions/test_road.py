"""The road of city money from the application to the task book, as one walk."""

from funding.models import Account, Instalment, Milestone
from funding.states import ProjectState
from portal.kernel.money import wan_to_fen


def test_an_application_comes_to_a_signed_task_book(make, clock):
    clock.china(2026, 7, 10)
    project = make.project_under_way(clock)

    assert project.state == ProjectState.UNDER_WAY
    assert project.award_fen == wan_to_fen("1000")
    assert [each.planned_fen for each in Instalment.objects.filter(project=project)] == [
        wan_to_fen("300"),
        wan_to_fen("400"),
        wan_to_fen("300"),
    ]
    assert [each.title for each in Milestone.objects.filter(project=project)] == ["签约", "原理样机", "最终验收"]
    assert Account.objects.get(kind="committed", owner=project.pk).balance_fen == wan_to_fen("1000")
