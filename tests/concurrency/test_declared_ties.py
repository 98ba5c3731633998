"""A declared tie is answered, taken back, settled and drawn around in one moment: one of them wins, and no seat is conflicted."""

from datetime import date

import pytest

from challenges.actions.drawing import name_experts
from portal.actions.affiliations import Side, enter_affiliation, withdraw_affiliation
from portal.actions.declared_ties import answer_tie, settle_tie
from portal.clock import portal_now
from portal.kernel.errors import PortalError, Refused, WrongState
from portal.models import Outsider, TieQuestion
from tests.concurrency.test_deadline import together

pytestmark = pytest.mark.django_db(transaction=True)
SOURCE = {"from_on": date(2020, 1, 1), "source": "register", "source_on": date(2020, 1, 1)}
ROUNDS = 6


def declare(make, organisation, email, by=None):
    given = {"kind": "officer", "post": "director", "other": Side(name="张三", email=email), **SOURCE}
    return enter_affiliation(organisation.pk, **given, by=by or make.administrator(organisation), now=portal_now())


def test_a_yes_and_a_withdrawal_in_one_moment_never_leave_a_withdrawn_tie_confirmed(make):
    firm, now = make.organisation(), portal_now()
    administrator = make.administrator(firm)
    for _round in range(ROUNDS):
        expert = make.expert()
        tie = declare(make, firm, expert.email)
        question = TieQuestion.objects.get(affiliation=tie)

        answered, taken_back = together(
            lambda: answer_tie(question.pk, is_so=True, by=expert, now=now),  # noqa: B023
            lambda: withdraw_affiliation(tie.pk, why="录错。", by=administrator, now=now),  # noqa: B023
        )

        tie.refresh_from_db()
        question.refresh_from_db()
        assert not isinstance(taken_back, PortalError)
        if isinstance(answered, WrongState):  # taken back first
            assert (question.state, question.retracted_at, tie.withdrawn_at) == ("asked", None, now)
        else:  # said so first: it stands, and what the organisation wants is noted
            assert (question.state, question.retracted_at, tie.withdrawn_at) == ("confirmed", now, None)


def test_of_a_yes_and_seven_decisions_one_counts(make):
    firm, expert, now = make.organisation(), make.expert(), portal_now()
    question = TieQuestion.objects.get(affiliation=declare(make, firm, expert.email))
    officers = [make.officer() for _ in range(7)]

    def decide(officer):
        return lambda: settle_tie(question.pk, is_so=False, why="查无此人。", by=officer, now=now)

    found = together(lambda: answer_tie(question.pk, is_so=True, by=expert, now=now), *(decide(officer) for officer in officers))

    assert sum(isinstance(each, WrongState) for each in found) == 7
    question.refresh_from_db()
    assert (question.state == "confirmed") == (not isinstance(found[0], WrongState))


def test_a_draw_while_a_tie_is_confirmed_or_taken_back_seats_nobody_in_conflict(make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    panel, now, clerk = make.panel(clock, [bid], size=5), portal_now(), make.draw_clerk()
    administrator = make.administrator(bid.lead)
    for _round in range(ROUNDS):
        concerned, other = make.expert(), make.expert()
        tie = declare(make, bid.lead, concerned.email)
        question = TieQuestion.objects.get(affiliation=tie)

        answered, taken_back, drawn = together(
            lambda: answer_tie(question.pk, is_so=True, by=concerned, now=now),  # noqa: B023
            lambda: withdraw_affiliation(tie.pk, why="录错。", by=administrator, now=now),  # noqa: B023
            lambda: name_experts(panel.pk, experts=[concerned.pk], by=clerk, now=now),  # noqa: B023
        )

        question.refresh_from_db()
        seated = panel.assignments.filter(expert_id=concerned.pk).exists()
        assert not (seated and question.state == "confirmed")
        assert seated == (not isinstance(drawn, Refused))
        if seated:
            break
        if question.state != "confirmed":
            assert isinstance(answered, WrongState) and not isinstance(taken_back, PortalError)
        assert other.pk not in panel.assignments.values_list("expert_id", flat=True)


def test_eight_organisations_that_declare_one_person_write_one_outsider(make):
    expert, firms = make.expert(), [make.organisation() for _ in range(8)]

    found = together(*(lambda firm=firm: declare(make, firm, expert.email) for firm in firms))

    assert not any(isinstance(each, PortalError) for each in found)
    assert (Outsider.objects.filter(user=expert).count(), TieQuestion.objects.filter(person=expert).count()) == (1, 8)
