"""Ties that organisations declare of people, under attack by raw SQL."""

from datetime import date
from uuid import uuid4

import pytest

from portal.actions import affiliations, declared_ties
from portal.actions.affiliations import Side
from portal.clock import portal_now
from portal.models import TieQuestion

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGO = date(2020, 1, 1)
SOURCE = {"from_on": LONG_AGO, "source": "register", "source_on": LONG_AGO}
CHANGE = "UPDATE portal_tiequestion SET {} WHERE id = %(id)s"
SAY_YES = "state = 'confirmed', answered_at = portal_now()"
SETTLE = "state = 'confirmed', settled_at = portal_now(), settled_by_id = %(by)s, reason = 'x', source = 'register', source_on = '2020-01-01'"
REFUTE = "state = 'refuted', settled_at = portal_now(), settled_by_id = %(by)s, reason = 'x'"
SEAT = (
    "INSERT INTO challenges_assignment (id, panel_id, expert_id, seat, expert_class, state, invited_at, answer_by, reason)"
    " VALUES (%(new)s, %(panel)s, %(expert)s, 9, 'technical', 'invited', portal_now(), portal_now(), '')"
)


def declare(make, organisation, email):
    given = {"kind": "officer", "post": "director", "other": Side(name="张三", email=email), **SOURCE}
    return affiliations.enter_affiliation(organisation.pk, **given, by=make.administrator(organisation), now=portal_now())


def test_a_declaration_of_somebody_with_an_account_is_never_unasked(attack, make):
    firm, expert = make.organisation(), make.expert()
    asked = declare(make, firm, expert.email)
    unasked = (
        "INSERT INTO portal_affiliation (id, kind, holder_outsider_id, organisation_id, post, from_on, source, source_on, source_note,"
        " entered_by_id, entered_at) SELECT %(new)s, kind, holder_outsider_id, organisation_id, post, from_on, {source}, source_on, '',"
        " {by}, entered_at FROM portal_affiliation WHERE id = %(id)s"
    )

    assert attack(unasked.format(source="source", by="entered_by_id"), new=uuid4(), id=asked.pk) == "affiliation_person_is_asked"
    assert attack(unasked.format(source="'register'", by="entered_by_id"), new=uuid4(), id=asked.pk) == ""
    assert attack(unasked.format(source="source", by="%(by)s"), new=uuid4(), id=asked.pk, by=expert.pk) == ""


def test_a_tie_is_confirmed_by_another_than_who_declared_it_and_with_a_source(attack, make):
    firm, officer = make.organisation(), make.case_officer()
    tie = declare(make, firm, make.expert().email)
    question = TieQuestion.objects.get(affiliation=tie)

    assert attack(CHANGE.format(SETTLE), id=question.pk, by=tie.entered_by_id) == "tie_question_settled_by_another"
    assert attack(CHANGE.format(SETTLE), id=question.pk, by=question.person_id) == "tie_question_settled_by_another"
    assert attack(CHANGE.format(REFUTE), id=question.pk, by=question.person_id) == "tie_question_settled_by_another"
    unproved = SETTLE.replace("'register'", "'human'")
    assert attack(CHANGE.format(unproved), id=question.pk, by=officer.pk) == "tie_question_confirmed_with_a_source"
    undocumented = SETTLE.replace("'register'", "'document'")
    assert attack(CHANGE.format(undocumented), id=question.pk, by=officer.pk) == "tie_question_confirmed_with_a_source"
    unsaid = SETTLE.replace("reason = 'x'", "reason = ''")
    assert attack(CHANGE.format(unsaid), id=question.pk, by=officer.pk) == "tie_question_settled_with_reason"
    assert attack(CHANGE.format("state = 'confirmed'"), id=question.pk) == "tie_question_confirmed_by_somebody"
    assert attack(CHANGE.format("state = 'refuted'"), id=question.pk) == "tie_question_refuted_by_the_bureau"
    silent = "state = 'denied', answered_at = portal_now()"
    assert attack(CHANGE.format(silent), id=question.pk) == "tie_question_denied_with_words"
    assert attack(CHANGE.format("answered_at = portal_now()"), id=question.pk) == "tie_question_asked_is_open"
    assert attack(CHANGE.format("retracted_at = portal_now()"), id=question.pk) == "tie_question_taken_back_once_confirmed"
    assert attack(CHANGE.format(SETTLE), id=question.pk, by=officer.pk) == ""


def test_an_answer_stands_and_nobody_answers_for_what_is_withdrawn(attack, make):
    firm, expert = make.organisation(), make.expert()
    tie, gone = declare(make, firm, expert.email), declare(make, firm, make.expert().email)
    question, dead = TieQuestion.objects.get(affiliation=tie), TieQuestion.objects.get(affiliation=gone)
    affiliations.withdraw_affiliation(gone.pk, why="录错。", by=make.administrator(firm), now=portal_now())

    assert attack(CHANGE.format(SAY_YES), id=dead.pk) == "tie_question_of_a_standing_tie"
    assert attack(CHANGE.format("person_id = %(by)s"), id=question.pk, by=make.person().pk) == "tie_question_frozen"
    assert attack(CHANGE.format("named = 'x'"), id=question.pk) == "tie_question_frozen"
    declared_ties.answer_tie(question.pk, is_so=True, by=expert, now=portal_now())
    assert attack(CHANGE.format("state = 'denied', answer = 'x'"), id=question.pk) in ("tie_question_flow", "tie_question_answer_frozen")
    assert attack(CHANGE.format("answered_at = NULL"), id=question.pk) == "tie_question_answer_frozen"
    assert attack(CHANGE.format("reason = 'x'"), id=question.pk) == "tie_question_ruling_frozen"
    assert attack(CHANGE.format("retracted_at = portal_now()"), id=question.pk) == ""
    assert attack("DELETE FROM portal_tiequestion WHERE id = %(id)s", id=question.pk) == "denied"
    withdraw = "UPDATE portal_affiliation SET withdrawn_at = portal_now(), withdrawn_by_id = %(by)s WHERE id = %(id)s"
    assert attack(withdraw, id=tie.pk, by=tie.entered_by_id) == "affiliation_confirmed_stays"
    assert attack(withdraw, id=tie.pk, by=make.case_officer().pk) == ""


def test_the_database_counts_a_tie_as_the_portal_does(attack, make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    panel, expert, now = make.panel(clock, [bid]), make.expert(), portal_now()
    question = TieQuestion.objects.get(affiliation=declare(make, bid.lead, expert.email))

    seat = {"panel": panel.pk, "expert": expert.pk}
    assert attack(SEAT, new=uuid4(), **seat) == "assignment_without_waiting_tie"
    declared_ties.answer_tie(question.pk, is_so=False, words="从未任职。", by=expert, now=now)
    assert attack(SEAT, new=uuid4(), **seat) == "assignment_without_waiting_tie"
    found = {"source": "register", "source_on": LONG_AGO, "by": make.case_officer(), "now": now}
    declared_ties.settle_tie(question.pk, is_so=True, why="登记一致。", **found)
    assert attack(SEAT, new=uuid4(), **seat) == "assignment_without_conflict"
    other = make.expert()
    refuted = TieQuestion.objects.get(affiliation=declare(make, bid.lead, other.email))
    declared_ties.settle_tie(refuted.pk, is_so=False, why="查无此人。", by=make.case_officer(), now=now)
    assert attack(SEAT, new=uuid4(), panel=panel.pk, expert=other.pk) == ""


def test_scores_are_not_locked_while_a_tie_of_a_member_waits(attack, make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    panel = make.scored_panel(clock, [bid], totals=[[80, 81, 82, 83, 84]])
    seated = make.seats(panel)[0].expert.user
    tie = declare(make, bid.lead, seated.email)
    lock = "UPDATE challenges_panel SET locked_at = portal_now() WHERE id = %(id)s"

    assert attack(lock, id=panel.pk) == "panel_locked_without_conflict"
    question = TieQuestion.objects.get(affiliation=tie)
    declared_ties.settle_tie(question.pk, is_so=False, why="查无此人。", by=make.case_officer(), now=portal_now())
    assert attack(lock, id=panel.pk) == ""
