"""A tie that an organisation declares of a person counts once the person, or the bureau, says it is so."""

from datetime import date, timedelta

import pytest
from django.db import connection

from challenges.actions import drawing, ranking
from challenges.queries.drawing import draw_waits_for, pool_for
from challenges.queries.ties import ties_of
from portal.actions import affiliations, declared_ties
from portal.actions.affiliations import Side
from portal.clock import china_date, portal_now
from portal.kernel.errors import Incomplete, NotAllowed, Refused, WrongState
from portal.models import Affiliation, MemberRole, Membership, Message, Outsider, TieQuestion
from portal.queries.affiliations import (
    affiliations_between,
    end_shown,
    shown_at,
    words_shown,
)
from portal.queries.declared_ties import of_person, visible_to
from tests.making.people import PICTURE

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
SOURCE = {"from_on": LONG_AGO, "source": "register", "source_on": LONG_AGO}
FOUND = {"why": "登记信息一致。", "source": "register", "source_on": LONG_AGO}


def declare(make, organisation, email, name="张三", *, by=None, kind="officer", **more):
    given = {"post": "director"} if kind == "officer" else {}
    return affiliations.enter_affiliation(
        organisation.pk, kind=kind, other=Side(name=name, email=email), **SOURCE, **given,
        by=by or make.administrator(organisation), now=portal_now(), **more,
    )  # fmt: skip


def declare_kin(make, tie, email, name="李四", *, by=None):
    by = by or make.administrator(tie.organisation)
    return affiliations.enter_kin(tie.pk, other=Side(name=name, email=email), **SOURCE, by=by, now=portal_now())


def question_of(tie):
    return TieQuestion.objects.get(affiliation=tie)


def yes(tie, **more):
    question = question_of(tie)
    return declared_ties.answer_tie(question.pk, is_so=True, **{"by": question.person, "now": portal_now(), **more})


def no(tie, words="从未任职。"):
    question = question_of(tie)
    return declared_ties.answer_tie(question.pk, is_so=False, words=words, by=question.person, now=portal_now())


def settle(make, tie, is_so, **more):
    given = {**(FOUND if is_so else {"why": "查无此人。"}), "by": make.case_officer(), "now": portal_now(), **more}
    return declared_ties.settle_tie(question_of(tie).pk, is_so=is_so, **given)


def is_free(panel, expert):
    return next(person for person in pool_for(panel, on=china_date(portal_now())) if person.expert.pk == expert.pk).free


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("to_id", flat=True))


def join(person, organisation):
    Membership.objects.create(user=person, organisation=organisation, role=MemberRole.ADMINISTRATOR, starts_on=LONG_AGO)


@pytest.fixture
def bid(make, clock):
    return make.qualified_bids(clock, count=1)[0]


def test_a_declaration_removes_nobody_until_the_person_says_it_is_so(make, clock, bid):
    panel, expert = make.panel(clock, [bid]), make.expert()
    tie = declare(make, bid.lead, expert.email)

    assert (is_free(panel, expert), told("tie_asked")) == (True, {expert.pk})
    yes(tie)

    assert not is_free(panel, expert)


def test_a_no_goes_to_the_bureau_which_decides_against_a_source(make, clock, bid):
    panel, expert, officer = make.panel(clock, [bid]), make.expert(), make.case_officer()
    tie = declare(make, bid.lead, expert.email)
    no(tie)

    assert is_free(panel, expert)
    assert officer.pk in told("tie_denied")
    assert make.administrator(bid.lead).pk not in told("tie_denied")
    with pytest.raises(Incomplete) as refusal:
        settle(make, tie, True, source="", source_on=None)
    assert refusal.value.code == "source_missing"
    with pytest.raises(Incomplete) as refusal:
        settle(make, tie, True, source="document")
    assert refusal.value.code == "document_missing"
    settle(make, tie, True, source="document", document=("a.png", PICTURE))

    assert not is_free(panel, expert)
    assert told("tie_settled") == {expert.pk}


def test_what_the_bureau_finds_not_to_be_so_counts_for_nothing(make, clock, bid):
    panel, expert = make.panel(clock, [bid]), make.expert()
    tie = declare(make, bid.lead, expert.email)
    settle(make, tie, False)

    assert is_free(panel, expert)
    assert draw_waits_for(panel, on=china_date(portal_now())) == 0
    with pytest.raises(WrongState):
        settle(make, tie, True)


def test_the_draw_is_refused_while_a_tie_waits_whoever_is_chosen(make, clock, bid):
    panel, concerned, other = make.panel(clock, [bid]), make.expert(), make.expert()
    tie = declare(make, bid.lead, concerned.email)
    draw = {"experts": [other.pk], "by": make.draw_clerk(), "now": portal_now()}

    with pytest.raises(Refused) as refusal:
        drawing.name_experts(panel.pk, **draw)
    assert (refusal.value.code, refusal.value.facts) == ("ties_waiting", {"count": 1})
    no(tie)
    with pytest.raises(Refused):
        drawing.name_experts(panel.pk, **draw)
    settle(make, tie, False)

    assert [seat.expert_id for seat in drawing.name_experts(panel.pk, **draw)] == [other.pk]


def test_a_waiting_tie_of_somebody_outside_the_pool_holds_up_no_draw(make, clock, bid):
    panel, expert, outside = make.panel(clock, [bid]), make.expert(), make.person()
    declare(make, bid.lead, outside.email)

    assert draw_waits_for(panel, on=china_date(portal_now())) == 0
    assert drawing.name_experts(panel.pk, experts=[expert.pk], by=make.draw_clerk(), now=portal_now())


def test_a_waiting_kinship_and_a_waiting_office_at_the_experts_employer_hold_up_the_draw(make, clock, bid):
    panel, kin, today = make.panel(clock, [bid]), make.expert(), china_date(portal_now())
    director = affiliations.enter_affiliation(
        bid.lead_id, kind="officer", other=Side(name="王五"), post="director", **SOURCE, by=make.case_officer(), now=portal_now()
    )
    kinship = declare_kin(make, director, kin.email)
    assert draw_waits_for(panel, on=today) == 1
    settle(make, kinship, False)
    shared, colleague = make.person(), make.expert()
    yes(declare(make, bid.lead, shared.email))
    declare(make, colleague.expert.employer, shared.email)

    assert draw_waits_for(panel, on=today) == 1
    assert is_free(panel, kin) and is_free(panel, colleague)


def test_scores_are_not_locked_while_a_tie_waits_and_not_with_a_conflict(make, clock, bid):
    panel = make.scored_panel(clock, [bid], totals=[[80, 81, 82, 83, 84]])
    connection.check_constraints()  # as at the end of the transactions of the draw
    seated = panel.assignments.select_related("expert__user").order_by("seat")[0].expert.user
    tie = declare(make, bid.lead, seated.email)
    lock = {"by": make.division_head(), "now": portal_now()}

    with pytest.raises(Refused) as refusal:
        ranking.lock_panel(panel.pk, **lock)
    assert (refusal.value.code, refusal.value.facts) == ("ties_waiting_at_lock", {"count": 1})
    yes(tie)
    with pytest.raises(Refused) as refusal:
        ranking.lock_panel(panel.pk, **lock)

    assert refusal.value.code == "seats_in_conflict"


def test_what_counts_at_once_as_before(make, clock, bid):
    panel, by_bureau, herself = make.panel(clock, [bid]), make.expert(), make.expert()
    join(herself, bid.lead)
    affiliations.enter_affiliation(
        bid.lead_id, kind="officer", other=Side(name="某人", email=by_bureau.email), post="director", **SOURCE,
        by=make.case_officer(), now=portal_now(),
    )  # fmt: skip
    declare(make, bid.lead, herself.email, by=herself)

    assert TieQuestion.objects.count() == 0
    assert not is_free(panel, by_bureau)
    assert Affiliation.objects.filter(holder_outsider__user=herself, source="declared").count() == 1


def test_an_answer_is_given_once_by_the_person_and_with_words(make, bid):
    expert, stranger = make.expert(), make.expert()
    tie = declare(make, bid.lead, expert.email)
    question = question_of(tie)

    with pytest.raises(NotAllowed):
        yes(tie, by=stranger)
    with pytest.raises(NotAllowed):
        yes(tie, by=make.administrator(bid.lead))
    with pytest.raises(Incomplete) as refusal:
        no(tie, words="  ")
    assert refusal.value.code == "words_missing"
    yes(tie)
    with pytest.raises(WrongState):
        yes(tie)
    with pytest.raises(WrongState):
        no(tie)
    question.refresh_from_db()
    assert (question.state, question.answer) == ("confirmed", "")


def test_nobody_answers_or_settles_what_is_withdrawn(make, bid):
    expert, administrator = make.expert(), make.administrator(bid.lead)
    tie = declare(make, bid.lead, expert.email)
    affiliations.withdraw_affiliation(tie.pk, why="录错。", by=administrator, now=portal_now())

    with pytest.raises(WrongState):
        yes(tie)
    with pytest.raises(WrongState):
        settle(make, tie, True)
    assert list(of_person(expert)) == list(visible_to(make.case_officer())) == []


def test_only_the_bureau_settles_and_nobody_their_own(make, bid):
    expert, declarer = make.expert(), make.case_officer()
    tie = declare(make, bid.lead, expert.email)
    for other in (make.administrator(bid.lead), make.reviewer(bid.lead), make.draw_clerk(), expert):
        with pytest.raises(NotAllowed):
            settle(make, tie, True, by=other)
    by_officer = affiliations.enter_affiliation(
        bid.lead_id, kind="officer", other=Side(name="张三", email=make.expert().email), post="director",
        **{**SOURCE, "source": "declared"}, by=declarer, now=portal_now(),
    )  # fmt: skip
    with pytest.raises(NotAllowed) as refusal:
        settle(make, by_officer, True)
    assert refusal.value.code == "declared_by_the_same"
    own = make.officer()
    join(own, bid.lead)
    with pytest.raises(NotAllowed) as refusal:
        settle(make, tie, True, by=own)
    assert refusal.value.code == "own_organisation"
    assert list(visible_to(own)) == list(visible_to(make.reviewer(bid.lead))) == list(visible_to(make.draw_clerk())) == []

    assert settle(make, tie, True, by=make.officer_elsewhere()).state == "confirmed"


def test_the_organisation_reads_the_same_whether_there_is_an_account_or_not(make, bid):
    expert, officer = make.expert(), make.case_officer()
    known = affiliations.enter_affiliation(
        make.organisation().pk, kind="officer", other=Side(name="另名", email=expert.email), post="director", **SOURCE, by=officer,
        now=portal_now(),
    )  # fmt: skip
    affiliations.enter_kin(known.pk, other=Side(name="赵六"), **SOURCE, by=officer, now=portal_now())
    with_account = declare(make, bid.lead, expert.email, "甲")
    without = declare(make, bid.lead, "nobody@example.invalid", "甲")
    read = {row.pk: (words_shown(row), row.in_full) for row in shown_at(bid.lead_id, in_full=False)}

    assert read[with_account.pk] == read[without.pk]
    assert set(read) == {with_account.pk, without.pk}
    for email in (expert.email, "nobody@example.invalid"):
        with pytest.raises(Incomplete) as refusal:
            declare(make, bid.lead, email, "")
        assert refusal.value.code == "side_missing"
    assert Outsider.objects.get(user=expert).name == expert.name


@pytest.mark.parametrize("answer", [yes, no, None])
def test_taking_back_and_ending_look_the_same_whatever_was_answered(make, clock, bid, answer):
    expert, administrator, today = make.expert(), make.administrator(bid.lead), china_date(portal_now())
    ended, tie = declare(make, bid.lead, make.expert().email), declare(make, bid.lead, expert.email)
    for row in (ended, tie):
        if answer:
            answer(row)
    affiliations.end_affiliation(ended.pk, until_on=LONG_AGO, by=administrator, now=portal_now())
    affiliations.withdraw_affiliation(tie.pk, why="录错。", by=administrator, now=portal_now())

    rows = list(shown_at(bid.lead_id, in_full=False))
    assert [(row.pk, end_shown(row)) for row in rows] == [(ended.pk, LONG_AGO)]
    with pytest.raises(WrongState):
        affiliations.end_affiliation(ended.pk, until_on=today, by=administrator, now=portal_now())
    with pytest.raises(WrongState):
        affiliations.withdraw_affiliation(tie.pk, why="再来。", by=administrator, now=portal_now())
    assert is_free(make.panel(clock, [bid]), expert) == (answer is not yes)
    assert bool(told("tie_taken_back")) == (answer is yes)


def test_a_confirmed_tie_is_ended_and_withdrawn_by_the_bureau(make, clock, bid):
    expert, officer = make.expert(), make.case_officer()
    tie = declare(make, bid.lead, expert.email)
    yes(tie)
    panel = make.panel(clock, [bid])
    affiliations.end_affiliation(tie.pk, until_on=china_date(portal_now()), by=officer, now=portal_now())
    assert not is_free(panel, expert)
    affiliations.withdraw_affiliation(tie.pk, why="登记已更正。", by=officer, now=portal_now())

    assert is_free(panel, expert)


def test_a_correction_keeps_the_person_and_asks_again(make, bid):
    expert = make.expert()
    wrong = declare(make, bid.lead, expert.email, "甲")
    right = declare(make, bid.lead, "", "甲", corrects=wrong.pk)

    wrong.refresh_from_db()
    assert wrong.withdrawn_at is not None
    assert [each.affiliation_id for each in of_person(expert)] == [right.pk]
    yes(right)
    again = declare(make, bid.lead, "", "甲", corrects=right.pk)
    right.refresh_from_db()
    assert (right.withdrawn_at, again.corrects_id, question_of(again).state) == (None, None, "asked")


def test_kin_of_two_people_with_accounts_counts_once_both_say_so(make, clock, bid):
    panel, director, expert = make.panel(clock, [bid]), make.person(), make.expert()
    tie = declare(make, bid.lead, director.email, "甲")
    yes(tie)
    kin = declare_kin(make, tie, expert.email)

    questions = {each.person_id: each for each in TieQuestion.objects.filter(affiliation=kin)}
    assert {person: each.named for person, each in questions.items()} == {director.pk: "甲", expert.pk: "李四"}
    declared_ties.answer_tie(questions[director.pk].pk, is_so=True, by=director, now=portal_now())
    assert is_free(panel, expert)
    declared_ties.answer_tie(questions[expert.pk].pk, is_so=True, by=expert, now=portal_now())
    assert not is_free(panel, expert)


def test_a_waiting_tie_is_weighed_by_a_person_and_never_excludes_a_bidder_by_itself(make, clock):
    bid = make.opened_bids(clock, count=1)[0]
    owner, today = make.person(), china_date(portal_now())
    affiliations.enter_affiliation(
        bid.lead_id, kind="control", other=Side(name="某人", email=owner.email), **SOURCE, by=make.case_officer(), now=portal_now()
    )
    tie = declare(make, bid.challenge.poster, owner.email, kind="control")

    assert [each.weight for each in ties_of(bid, today)] == ["flag"]
    yes(tie)
    weight = ties_of(bid, today)[0].weight
    assert weight == "block" if "common_controller" in bid.challenge.rules.affiliation_blocks else weight == "flag"
    settled = declare(make, bid.challenge.poster, make.person().email, kind="control")
    settle(make, settled, False)
    assert len(affiliations_between(bid.challenge.poster_id, bid.lead_id, today)) == 1


def test_who_does_not_answer_is_reminded_once(make, bid):
    expert, now = make.expert(), portal_now()
    question = question_of(declare(make, bid.lead, expert.email))
    for days in (4, 5, 9):
        declared_ties.remind_of_tie(question.pk, now=now + timedelta(days=days, minutes=1))

    assert Message.objects.filter(kind="tie_unanswered", to=expert).count() == 1
