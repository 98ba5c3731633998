"""Reminders: milestones that come due, instalments that may be claimed, payments without an answer; each told once."""

import pytest

from funding.tasks import remind, send_due_payments
from portal.models import Message

pytestmark = pytest.mark.django_db


def told(kind: str) -> int:
    return Message.objects.filter(kind=kind).values("event").distinct().count()


def test_milestones_and_claims_are_reminded_of_once(make, clock):
    project = make.project_under_way(clock)
    remind()
    assert (told("milestone_due"), told("claim_due")) == (0, 0)

    clock.forward(days=8)
    remind()
    remind()
    assert told("claim_due") == 1

    milestone = make.milestone(project)
    clock.china(milestone.due_on.year, milestone.due_on.month, milestone.due_on.day)
    clock.forward(days=-14)
    remind()
    remind()
    assert told("milestone_due") == 1


def test_a_payment_without_an_answer_is_said_after_three_working_days(make, clock):
    clock.china(2026, 7, 3)
    make.approved_payment(clock)
    clock.china(2026, 9, 10)  # a Thursday
    send_due_payments()
    send_due_payments()

    clock.china(2026, 9, 15, 23, 59)  # the third working day after it
    remind()
    assert told("payment_unanswered") == 0
    clock.china(2026, 9, 16)
    remind()
    remind()
    assert told("payment_unanswered") == 1
