"""Whose credit is to be looked up: the desk of those who do it, and the one reminder of each check."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from challenges.queries.credit_work import todo_of
from challenges.states import ChallengeState
from challenges.tasks import remind_of_credit
from portal.actions import standing
from portal.clock import china_date, portal_now
from portal.kernel.errors import Clash
from portal.models import Event, Message, User
from tests.counting import counted
from tests.making.people import PICTURE

pytestmark = pytest.mark.django_db


def desk(user) -> list[tuple[str, str]]:
    """What somebody has to do about credit, in English."""
    with override("en"):
        return [(item.what, item.act) for item in todo_of(User.objects.get(pk=user.pk), portal_now())]


def test_the_desk_lists_checks_that_run_out_before_a_step(make, clock):
    need = make.need(ChallengeState.SUBMITTED, call=make.call(credit_check_days=20))
    reviewer, officer, poster = make.reviewer(need.poster), make.case_officer(), make.administrator(need.poster)
    row = (f"Look up the credit of {need.poster.name}", "Look up")
    assert desk(reviewer) == desk(officer) == []

    clock.set(clock.now() + timedelta(days=6))
    assert desk(reviewer) == desk(officer) == [row]
    assert desk(poster) == []

    make.credit_checks(need.poster)
    assert desk(reviewer) == desk(officer) == []


def test_a_check_is_reminded_of_once(make, clock):
    need = make.need(ChallengeState.SUBMITTED, call=make.call(credit_check_days=20))
    reviewer = make.reviewer(need.poster)
    remind_of_credit()
    assert not Message.objects.filter(kind="credit_expiring").exists()

    clock.set(clock.now() + timedelta(days=6))
    remind_of_credit()
    remind_of_credit()

    told = Message.objects.filter(kind="credit_expiring").values_list("to_id", flat=True)
    assert list(told) == [reviewer.pk]
    assert Event.objects.filter(kind="credit_check.expiring").count() == need.poster.credit_checks.count() == 3
    make.credit_checks(need.poster)
    clock.set(clock.now() + timedelta(days=6))
    remind_of_credit()
    assert Message.objects.filter(kind="credit_expiring").count() == 2


def test_nobody_is_told_where_no_step_comes(make, clock):
    make.organisation()
    need = make.need(ChallengeState.SUBMITTED, call=make.call(credit_check_days=20, credit_gates=["prepare_payment"]))
    clock.set(clock.now() + timedelta(days=19))

    remind_of_credit()

    assert desk(make.reviewer(need.poster)) == []
    assert not Message.objects.filter(kind="credit_expiring").exists()


def test_a_sealed_bid_is_no_work_before_it_is_opened(make, clock):
    call = make.call(credit_check_days=3, credit_gates=["qualify_bid"], notice_before_publishing=False)
    bid = make.sealed_bid(make.board(call=call))
    clock.set(clock.now() + timedelta(days=10))
    assert desk(make.case_officer()) == []

    make.close(clock, bid.challenge)
    make.open(clock, bid.challenge)

    assert [what for what, _act in desk(make.case_officer())] == [f"Look up the credit of {bid.lead.name}"]


def test_what_was_found_waits_for_a_second_person(make):
    firm, finder, other, head = make.organisation(), make.officer(), make.officer(), make.division_head()
    standing.record_dishonesty(
        firm.pk, kind="general", source="信用中国", document_number="1号", from_on=china_date(portal_now()), words="失信。",
        by=finder, now=portal_now(),
    )  # fmt: skip
    make.credit_checks(firm, result="record")

    decide, weigh = (f"Decide on the dishonesty entered for {firm.name}", "Decide"), (f"Weigh the record found of {firm.name}", "Weigh")
    assert desk(finder) == [weigh] * 3
    assert desk(other) == [decide, *[weigh] * 3]
    assert desk(head) == [decide]


def test_the_desk_costs_the_same_for_one_and_for_many(make, clock):
    call = make.call(credit_check_days=20)
    officer = User.objects.get(pk=make.case_officer().pk)
    make.need(ChallengeState.SUBMITTED, call=call)
    clock.set(clock.now() + timedelta(days=6))

    def cost() -> int:
        with counted() as statements:
            list(todo_of(officer, portal_now()))
        return len(statements)

    cost()
    one = cost()
    for _each in range(4):
        need = make.need(ChallengeState.SUBMITTED, call=call)
        make.credit_checks(need.poster, on=china_date(clock.now()) - timedelta(days=15))

    assert cost() == one


def test_one_site_is_looked_up_once_a_day(make):
    firm, day = make.organisation(), china_date(portal_now())

    with pytest.raises(Clash) as refusal:
        standing.record_credit_check(
            firm.pk, site="gsxt", checked_on=day, result="clean", screenshot=("a.png", PICTURE), by=make.officer(), now=portal_now()
        )

    assert refusal.value.code == "check_recorded"
    assert firm.credit_checks.filter(site_id="gsxt").count() == 1
