"""Applying for city money: what is filled in, what is refused, and what changes when it is handed in."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from challenges.actions.agreeing import void_agreement
from challenges.models import Agreement
from funding.actions.applying import save_application, start_application, submit_application
from funding.actions.vetting_projects import check_application, recommend_application, return_application
from funding.states import ProjectState
from portal.kernel.errors import Clash, Incomplete, NotAllowed, Refused, WrongState
from portal.kernel.money import wan_to_fen
from portal.models import Event, Message

WAN = wan_to_fen


def events_of(project) -> list[str]:
    """The kinds of the events of a project, in order."""
    return list(Event.objects.filter(subject_id=project.pk).order_by("at", "id").values_list("kind", flat=True))


def test_an_application_begins_with_what_need_bid_and_agreement_say(make, clock):
    agreement = make.signed_agreement(clock)
    opened = make.round()

    project = start_application(agreement.pk, opened.pk, by=make.editor(agreement.bid.challenge.poster), now=clock.now())

    need = agreement.bid.challenge
    assert (project.title, project.months, project.total_fen, project.own_fen, project.city_fen) == (
        need.title, 36, WAN("2600"), WAN("1600"), WAN("1000"),
    )  # fmt: skip
    assert [cost.amount_fen for cost in project.costs.all()] == [WAN("1200"), WAN("1400")]
    assert {line.indicator_id: line.value for line in project.indicators.all()} == {
        each.pk: each.value for each in need.indicators.all()
    }
    with pytest.raises(Clash) as refusal:
        start_application(agreement.pk, opened.pk, by=make.editor(need.poster), now=clock.now())
    assert refusal.value.code == "application_exists"


def test_an_own_share_of_58_percent_is_refused_with_the_largest_city_money_named(make, clock):
    project = make.application(clock)
    fields = {"total_fen": WAN("2400"), "own_fen": WAN("1400"), "city_fen": WAN("1000")}
    costs = [{"purpose": "合同", "amount_fen": WAN("1200")}, {"purpose": "自研", "amount_fen": WAN("1200")}]
    editor = make.editor(project.poster)
    save_application(project.pk, fields=fields, costs=costs, version=project.version, by=editor, now=clock.now())

    with pytest.raises(Refused) as refusal:
        submit_application(project.pk, by=make.administrator(project.poster), now=clock.now())

    assert refusal.value.code == "own_share_too_small"
    assert refusal.value.facts["most_city_fen"] == WAN("960")
    assert make.fresh_project(project).state == ProjectState.DRAFT
    assert "project.submitted" not in events_of(project)


def test_an_incomplete_application_names_what_is_missing(make, clock):
    project = make.application(clock, lead_person="")

    with pytest.raises(Incomplete) as refusal:
        submit_application(project.pk, by=make.administrator(project.poster), now=clock.now())

    assert (refusal.value.code, refusal.value.facts["missing"]) == ("project_incomplete", ["lead_person"])


def test_uses_that_miss_the_total_by_a_fen_are_refused(make, clock):
    project = make.application(clock)
    costs = [{"purpose": "合同", "amount_fen": WAN("2600") - 1}]
    save_application(project.pk, fields={}, costs=costs, version=project.version, by=make.editor(project.poster), now=clock.now())

    with pytest.raises(Refused) as refusal:
        submit_application(project.pk, by=make.administrator(project.poster), now=clock.now())

    assert (refusal.value.code, refusal.value.facts["difference_fen"]) == ("costs_do_not_add_up", 1)


def test_an_indicator_below_what_was_agreed_is_refused(make, clock):
    project = make.application(clock)
    error = project.challenge.indicators.get(name="全温区误差")
    promises = {each.indicator_id: each.value for each in project.indicators.all()}
    promises[error.pk] = error.value * 2
    save_application(
        project.pk, fields={}, indicators=promises, version=project.version, by=make.editor(project.poster), now=clock.now()
    )

    with pytest.raises(Refused) as refusal:
        submit_application(project.pk, by=make.administrator(project.poster), now=clock.now())

    assert (refusal.value.code, refusal.value.facts["indicator"]) == ("project_indicator_below_bid", "全温区误差")


def test_the_deadline_of_the_round_is_in_time_and_an_instant_later_is_not(make, clock):
    project = make.application(clock)
    clock.set(project.round.closes_at + timedelta(microseconds=1))

    with pytest.raises(NotAllowed) as refusal:
        submit_application(project.pk, by=make.administrator(project.poster), now=clock.now())
    assert refusal.value.code == "deadline_passed"

    clock.set(project.round.closes_at)
    late = submit_application(project.pk, by=make.administrator(project.poster), now=clock.now())
    assert late.state == ProjectState.SUBMITTED


def test_only_the_administrator_submits_and_only_once(make, clock):
    project = make.application(clock)
    with pytest.raises(NotAllowed):
        submit_application(project.pk, by=make.editor(project.poster), now=clock.now())

    submit_application(project.pk, by=make.administrator(project.poster), now=clock.now())
    with pytest.raises(WrongState):
        submit_application(project.pk, by=make.administrator(project.poster), now=clock.now())

    assert events_of(project).count("project.submitted") == 1
    told = Message.objects.filter(kind="project_submitted").values_list("to_id", flat=True)
    assert list(told) == [make.reviewer(project.poster).pk]


def test_a_save_over_somebody_elses_is_refused_and_saving_the_same_is_quiet(make, clock):
    project = make.application(clock)
    editor = make.editor(project.poster)
    save_application(project.pk, fields={"months": 35}, version=project.version, by=editor, now=clock.now())

    with pytest.raises(Clash) as refusal:
        save_application(project.pk, fields={"months": 30}, version=project.version, by=editor, now=clock.now())
    again = save_application(project.pk, fields={"months": 35}, version=project.version, by=editor, now=clock.now())

    assert refusal.value.code == "version_clash"
    assert again.version == project.version + 1 and again.months == 35


def test_the_district_recommends_the_bureau_checks_and_nobody_of_a_party_decides(make, clock):
    project = make.application(clock, ProjectState.SUBMITTED)
    with pytest.raises(NotAllowed):
        recommend_application(project.pk, by=make.case_officer(), now=clock.now())
    with pytest.raises(Incomplete):
        return_application(project.pk, why=" ", by=make.reviewer(project.poster), now=clock.now())

    recommend_application(project.pk, by=make.reviewer(project.poster), now=clock.now())
    with pytest.raises(Incomplete) as refusal:
        check_application(project.pk, why="", by=make.case_officer(), now=clock.now())
    check_application(project.pk, why="三个信用网站均无不良记录，查重 11%。", by=make.case_officer(), now=clock.now())

    assert refusal.value.code == "reason_missing"
    assert make.fresh_project(project).state == ProjectState.CHECKED
    assert [(each.stage, each.outcome) for each in project.vettings.order_by("at")] == [
        ("district", "passed"),
        ("formal", "passed"),
    ]


def test_a_returned_application_comes_back_after_the_deadline(make, clock):
    project = make.application(clock, ProjectState.RETURNED)
    clock.set(project.round.closes_at + timedelta(days=1))

    back = submit_application(project.pk, by=make.administrator(project.poster), now=clock.now())

    assert back.state == ProjectState.SUBMITTED


def test_an_agreement_does_not_end_under_an_application(make, clock):
    project = make.application(clock)
    agreement = project.agreement

    with pytest.raises(WrongState) as refusal:
        void_agreement(agreement.pk, why="双方协商", by=make.case_officer(), now=clock.now())

    assert refusal.value.code == "agreement_carries_a_project"
    with pytest.raises(IntegrityError, match="rests on it"), transaction.atomic():
        Agreement.objects.filter(pk=agreement.pk).update(state="void")
    assert Agreement.objects.get(pk=agreement.pk).state == agreement.state
