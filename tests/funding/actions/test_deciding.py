"""From the scores to the approval: proposals within the money, notices that run their time, objections that hold their item."""

from datetime import date, timedelta

import pytest

from challenges.actions.objecting import admit_objection, decide_objection, file_objection
from challenges.models import Objection
from funding.actions.approving import confirm_decision, record_decision
from funding.actions.deciding import end_award, end_award_notice, give_award_notice, propose_awards
from funding.models import Account, DecisionKind, LedgerEntry
from funding.queries.rounds import left_of
from funding.states import ProjectState
from portal.kernel.errors import NotAllowed, Refused, WrongState
from portal.kernel.money import wan_to_fen
from portal.models import Role

WAN = wan_to_fen
WORDS = {"name": "李华", "phone": "0551-1", "reason": "专家三与揭榜方负责人合著。"}
INSTANT = timedelta(microseconds=1)


@pytest.fixture
def pair(make, clock):
    """Two projects in one public notice, 3 to 7 August 2026."""
    clock.china(2026, 3, 2)
    first = make.signed_agreement(clock)
    second = make.signed_agreement(clock)
    clock.china(2026, 7, 10)
    opened = make.round()
    projects = [make.application(clock, ProjectState.CHECKED, agreement=each, opened=opened) for each in (first, second)]
    make.review(opened)
    propose_awards(opened.pk, awards={p.pk: WAN("1000") for p in projects}, by=make.case_officer(), now=clock.now())
    clock.china(2026, 8, 3)
    give_award_notice(
        opened.pk, [p.pk for p in projects], starts_on=date(2026, 8, 3), by=make.case_officer(), now=clock.now()
    )
    return [make.fresh_project(project) for project in projects]


def test_an_award_over_the_request_or_over_the_money_left_is_refused(make, clock):
    project = make.reviewed_project(clock)
    with pytest.raises(Refused) as larger:
        propose_awards(
            project.round_id, awards={project.pk: WAN("1000") + 1}, by=make.case_officer(), now=clock.now()
        )
    with pytest.raises(Refused) as none:
        propose_awards(project.round_id, awards={}, by=make.case_officer(), now=clock.now())

    assert (larger.value.code, larger.value.facts["largest_fen"]) == ("award_too_large", WAN("1000"))
    assert none.value.code == "nothing_proposed"
    assert make.fresh_project(project).state == ProjectState.REVIEWED


def test_proposals_beyond_the_appropriation_name_what_is_left(make, clock):
    agreement = make.signed_agreement(clock)
    project = make.application(clock, ProjectState.CHECKED, agreement=agreement, opened=make.round(amount="900"))
    make.review(project.round)

    with pytest.raises(Refused) as refusal:
        propose_awards(project.round_id, awards={project.pk: WAN("1000")}, by=make.case_officer(), now=clock.now())

    assert (refusal.value.code, refusal.value.facts["left_fen"]) == ("awards_over_budget", WAN("900"))
    assert make.fresh_project(project).proposed_fen is None


def test_below_the_pass_mark_no_award_can_be_proposed(make, clock):
    project = make.application(clock, ProjectState.CHECKED)
    make.review(project.round, [69])

    with pytest.raises(Refused) as refusal:
        propose_awards(project.round_id, awards={project.pk: WAN("1")}, by=make.case_officer(), now=clock.now())

    assert refusal.value.code == "award_below_pass_mark"


def test_five_working_days_from_3_august_end_on_the_7th(make, pair):
    notice = make.award_notice(pair[0])

    assert (notice.starts_on, notice.ends_on, notice.working_days) == (date(2026, 8, 3), date(2026, 8, 7), 5)
    assert sorted(line.amount_fen for line in notice.projects.all()) == [WAN("1000"), WAN("1000")]


def test_an_objection_in_the_last_instant_counts_and_holds_its_item_only(make, clock, pair):
    held, free = pair
    notice = make.award_notice(held)
    clock.set(notice.ends_at - INSTANT)
    objection = file_objection(notice.pk, held.pk, **WORDS, by=make.person(), now=clock.now())
    clock.set(notice.ends_at)
    with pytest.raises(WrongState) as late:
        file_objection(notice.pk, free.pk, **WORDS, by=make.person(), now=clock.now() - timedelta(hours=1))
    end_award_notice(notice.pk, now=clock.now())

    with pytest.raises(Refused) as refusal:
        make.decision(held)
    confirm_decision(make.decision(free).pk, by=make.division_head(), now=clock.now())

    assert late.value.code == "notice_over"
    assert refusal.value.code == "item_held"
    assert objection.answer_due_on == date(2026, 8, 21)
    assert [make.fresh_project(each).state for each in pair] == [ProjectState.IN_NOTICE, ProjectState.APPROVED]
    assert Objection.objects.count() == 1


def test_after_its_dismissal_the_item_goes_on_and_after_upholding_it_does_not(make, clock, pair):
    notice = make.award_notice(pair[0])
    inspector = make.official(Role.DISCIPLINE)
    for project, upheld in zip(pair, (False, True), strict=True):
        objection = file_objection(notice.pk, project.pk, **WORDS, by=make.person(), now=clock.now())
        admit_objection(objection.pk, by=inspector, now=clock.now())
        decide_objection(objection.pk, upheld=upheld, reply="已核查。", by=inspector, now=clock.now())
    clock.set(notice.ends_at)
    end_award_notice(notice.pk, now=clock.now())

    confirm_decision(make.decision(pair[0]).pk, by=make.division_head(), now=clock.now())
    with pytest.raises(Refused) as refusal:
        make.decision(pair[1])
    end_award(pair[1].pk, why="异议成立。", by=make.case_officer(), now=clock.now())

    assert refusal.value.code == "objection_upheld"
    assert [make.fresh_project(each).state for each in pair] == [ProjectState.APPROVED, ProjectState.NOT_FUNDED]


def test_who_decided_on_the_item_does_not_decide_the_objection(make, clock, pair):
    notice = make.award_notice(pair[0])
    objection = file_objection(notice.pk, pair[0].pk, **WORDS, by=make.person(), now=clock.now())
    officer = make.case_officer()
    officer.grants.create(role=Role.DISCIPLINE, starts_on=date(2020, 1, 1))
    officer = type(officer).objects.get(pk=officer.pk)

    with pytest.raises(NotAllowed) as refusal:
        admit_objection(objection.pk, by=officer, now=clock.now())

    assert refusal.value.code == "decided_before"


def test_before_the_notice_is_over_nothing_can_be_approved(make, pair):
    with pytest.raises(Refused) as refusal:
        make.decision(*pair)

    assert refusal.value.code == "notice_not_over"


def test_a_second_person_confirms_and_the_money_is_committed_once(make, clock):
    project = make.noticed_project(clock)
    decision = make.decision(project)
    appropriation = project.round.appropriation_id
    with pytest.raises(NotAllowed):
        confirm_decision(decision.pk, by=make.case_officer(), now=clock.now())

    confirm_decision(decision.pk, by=make.division_head(), now=clock.now())
    with pytest.raises(WrongState):
        confirm_decision(decision.pk, by=make.division_head(), now=clock.now())

    project = make.fresh_project(project)
    assert (project.state, project.award_fen, project.number) == (
        ProjectState.APPROVED, WAN("1000"), f"合科项〔{project.approved_at.year}〕001",
    )  # fmt: skip
    assert left_of(appropriation) == WAN("1000")
    assert Account.objects.get(kind="committed", owner=project.pk).balance_fen == WAN("1000")
    assert LedgerEntry.objects.filter(kind="commitment").count() == 1


def test_a_decision_gives_no_more_than_the_notice_showed_and_is_not_of_tomorrow(make, clock):
    project = make.noticed_project(clock, award="900")
    with pytest.raises(Refused) as more:
        make.decision(project, amounts={project.pk: WAN("900") + 1})
    with pytest.raises(Refused) as early:
        record_decision(
            project.round_id, kind=DecisionKind.GOVERNMENT, document_number="合政〔2026〕1号",
            decided_on=clock.now().date() + timedelta(days=2), items={project.pk: 1}, by=make.case_officer(), now=clock.now(),
        )  # fmt: skip

    assert more.value.code == "award_over_proposal"
    assert early.value.code == "decided_in_future"


def test_a_budget_taken_by_a_parallel_round_is_named_and_nothing_changes(make, clock):
    clock.china(2026, 1, 5)
    appropriation = make.appropriation("1500")
    projects = []
    for agreement in (make.signed_agreement(clock), make.signed_agreement(clock)):
        opened = make.round(appropriation)
        projects.append(make.noticed_project(clock, agreement=agreement, opened=opened))
    first, second = (make.decision(project) for project in projects)

    confirm_decision(first.pk, by=make.division_head(), now=clock.now())
    with pytest.raises(Refused) as refusal:
        confirm_decision(second.pk, by=make.division_head(), now=clock.now())

    assert refusal.value.code == "budget_taken"
    assert refusal.value.facts == {"left_fen": WAN("500"), "asked_fen": WAN("1000")}
    assert [make.fresh_project(each).state for each in projects] == [ProjectState.APPROVED, ProjectState.IN_NOTICE]
    assert left_of(appropriation.pk) == WAN("500")
    second.refresh_from_db()
    assert second.confirmed_at is None
