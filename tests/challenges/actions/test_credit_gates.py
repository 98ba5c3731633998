"""Every step that rules close without credit in order: closed by a check that ran out, open again with a fresh one."""

from datetime import timedelta

import pytest

from challenges.actions import publishing, qualifying, vetting
from challenges.policy.credit import GATES
from challenges.states import ChallengeState
from funding.actions import approving, disbursing, tasking, vetting_projects
from funding.models import DecisionKind, TaskParty
from funding.states import ProjectState
from portal.actions import standing
from portal.clock import china_date, portal_now
from portal.kernel.errors import Refused, WrongState
from tests.making.people import PICTURE

pytestmark = pytest.mark.django_db
DAYS = 5


def strict(make, **figures):
    """Everything made from here on stands under rules with these figures."""
    programme = make.programme(notice_before_publishing=False, **figures)
    make._once("programme", lambda: programme)
    make._once("call", lambda: make.call(programme))


def recommend_need(make, clock):
    need = make.need(ChallengeState.SUBMITTED)
    by = make.reviewer(need.poster)
    return need.poster, lambda: vetting.recommend_need(need.pk, by=by, now=portal_now())


def publish_board(make, clock):
    need = make.need(ChallengeState.POOLED)
    opens, closes = clock.now() + timedelta(days=30), clock.now() + timedelta(days=90)
    by = make.case_officer()
    return need.poster, lambda: publishing.publish_board(need.pk, opens_at=opens, closes_at=closes, by=by, now=portal_now())


def qualify_bid(make, clock):
    bid = make.opened_bids(clock, count=1)[0]
    by = make.case_officer()
    return bid.lead, lambda: qualifying.qualify_bid(bid.pk, by=by, now=portal_now())


def check_application(make, clock):
    project = make.application(clock, ProjectState.RECOMMENDED)
    by = make.case_officer()
    return project.bidder, lambda: vetting_projects.check_application(project.pk, why="无不良。", by=by, now=portal_now())


def approve_project(make, clock):
    project = make.noticed_project(clock)
    return project.bidder, lambda: make.decision(project)


def sign_taskbook(make, clock):
    taskbook = make.taskbook_to_sign(clock)
    by = make.administrator(taskbook.project.poster)
    return taskbook.project.bidder, lambda: tasking.sign_taskbook(taskbook.pk, party=TaskParty.POSTER, by=by, now=portal_now())


def verify_claim(make, clock):
    instalment = make.claimed_instalment(clock)
    by = make.case_officer()
    return instalment.project.bidder, lambda: disbursing.verify_claim(instalment.pk, by=by, now=portal_now())


def prepare_payment(make, clock):
    instalment = make.verified_instalment(clock)
    make.bank_account(instalment.project.poster)
    by = make.preparer()
    return instalment.project.poster, lambda: disbursing.prepare_payment(instalment.pk, by=by, now=portal_now())


STEPS = {step.__name__: step for step in (
    recommend_need, publish_board, qualify_bid, check_application, approve_project, sign_taskbook, verify_claim, prepare_payment,
)}  # fmt: skip


def test_every_gate_is_tried_here():
    assert list(STEPS) == list(GATES)


@pytest.mark.parametrize("gate", GATES)
def test_a_check_that_ran_out_closes_the_step_and_a_fresh_one_opens_it(make, clock, gate):
    clock.china(2026, 7, 10)
    strict(make, credit_gates=[gate], credit_check_days=DAYS)
    firm, step = STEPS[gate](make, clock)
    others = [each for each in type(firm).objects.exclude(pk=firm.pk) if each.credit_checks.exists()]
    clock.set(clock.now() + timedelta(days=DAYS + 1))
    for other in others:
        make.credit_checks(other)

    with pytest.raises(Refused) as refusal:
        step()
    assert refusal.value.code == "credit_check_expired"
    assert firm.name in str(refusal.value.message)

    make.credit_checks(firm, on=china_date(clock.now()) - timedelta(days=DAYS))
    step()


def test_the_last_day_ends_at_midnight_in_china(make, clock):
    clock.china(2026, 3, 2, 9)
    need = make.need(ChallengeState.SUBMITTED, call=make.call(credit_gates=["recommend_need"], credit_check_days=DAYS))
    reviewer = make.reviewer(need.poster)

    clock.china(2026, 3, 8, 0, 0)
    with pytest.raises(Refused) as refusal:
        vetting.recommend_need(need.pk, by=reviewer, now=portal_now())
    assert refusal.value.code == "credit_check_expired"

    clock.china(2026, 3, 7, 23, 59)
    assert vetting.recommend_need(need.pk, by=reviewer, now=portal_now()).state == ChallengeState.RECOMMENDED


def test_an_approval_is_confirmed_only_with_credit_in_order(make, clock):
    clock.china(2026, 7, 10)
    strict(make, credit_gates=["approve_project"])
    decision = make.decision(make.noticed_project(clock))
    assert decision.kind == DecisionKind.GOVERNMENT
    firm = decision.items.get().project.bidder
    entered = standing.record_dishonesty(
        firm.pk, kind="serious", source="信用中国", document_number="1号", from_on=china_date(portal_now()), words="失信。",
        by=make.case_officer(), now=portal_now(),
    )  # fmt: skip
    standing.confirm_dishonesty(entered.pk, by=make.officer(), now=portal_now())

    with pytest.raises(Refused) as refusal:
        approving.confirm_decision(decision.pk, by=make.division_head(), now=portal_now())

    assert refusal.value.code == "dishonest"


def test_dishonesty_repaired_or_dropped_while_a_page_is_open(make, clock, client):
    need = make.need(ChallengeState.SUBMITTED)
    officer, other = make.case_officer(), make.officer()
    listed = {"kind": "serious", "source": "信用中国", "from_on": china_date(portal_now()), "words": "失信。"}
    first = standing.record_dishonesty(need.poster_id, document_number="1号", **listed, by=officer, now=portal_now())
    second = standing.record_dishonesty(need.poster_id, document_number="2号", **listed, by=officer, now=portal_now())
    standing.confirm_dishonesty(first.pk, by=other, now=portal_now())
    client.force_login(make.reviewer(need.poster))
    client.cookies["django_language"] = "en"
    page = client.get(f"/needs/{need.pk}/decide/")
    assert "Dishonesty of" in page.content.decode()
    assert 'aria-describedby="credit"' in page.content.decode()

    standing.repair_dishonesty(
        first.pk, repaired_on=china_date(portal_now()), repair_number="修复1号", document=("a.png", PICTURE), by=officer,
        now=portal_now(),
    )  # fmt: skip
    standing.drop_dishonesty(second.pk, why="同名。", by=other, now=portal_now())
    with pytest.raises(WrongState):
        standing.confirm_dishonesty(second.pk, by=other, now=portal_now())

    assert client.post(f"/needs/{need.pk}/decide/", {"outcome": "pass", "why": ""}).status_code == 302
