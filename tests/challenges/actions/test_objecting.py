"""Objections to the notice of a board: it is held until they are answered."""

from datetime import timedelta

import pytest

from challenges.actions.objecting import admit_objection, decide_objection, file_objection, refuse_objection
from challenges.actions.publicising import end_notice
from challenges.actions.publishing import publish_board
from challenges.models import Objection
from challenges.queries.objections import statement_of
from challenges.states import ChallengeState, ObjectionState
from portal.kernel.errors import Clash, Incomplete, NotAllowed, NotFound, WrongState
from portal.models import Message, Role

pytestmark = pytest.mark.django_db
WORDS = {"name": "李华", "phone": "0551-1", "reason": "指标抄自一家供应商的说明书。"}


@pytest.fixture
def notice(make, clock):
    """The notice of a board, 5 to 9 January 2026."""
    clock.china(2026, 1, 5)
    return make.notice_of(make.need(ChallengeState.IN_NOTICE, call=make.call(notice_before_publishing=True)))


def test_an_objection_is_encrypted_and_told_to_discipline_without_a_name(make, clock, notice):
    inspector, objector = make.official(Role.DISCIPLINE), make.person()

    objection = file_objection(notice.pk, notice.challenge_id, **WORDS, by=objector, now=clock.now())

    assert "李华".encode() not in bytes(Objection.objects.get().ciphertext)
    assert statement_of(Objection.objects.get()).reason == WORDS["reason"]
    told = Message.objects.filter(kind="objection_filed")
    assert [message.to_id for message in told] == [inspector.pk]
    assert "李华" not in str([message.facts for message in Message.objects.all()])
    assert objection.state == ObjectionState.FILED


def test_a_board_is_not_published_while_an_objection_is_open_and_goes_on_when_refused(make, clock, notice):
    inspector = make.official(Role.DISCIPLINE)
    objection = file_objection(notice.pk, notice.challenge_id, **WORDS, by=make.person(), now=clock.now())
    clock.set(notice.ends_at)
    end_notice(notice.pk, now=clock.now())

    with pytest.raises(WrongState) as held:
        publish_board(notice.challenge_id, by=make.case_officer(), now=clock.now())
    refuse_objection(objection.pk, reply="不属于公示事项。", by=inspector, now=clock.now())
    board = publish_board(notice.challenge_id, by=make.case_officer(), now=clock.now())

    assert held.value.code == "item_held"
    assert board.state == ChallengeState.PUBLISHED


def test_what_is_filed_is_complete_about_an_item_of_the_notice_and_once(make, clock, notice):
    person = make.person()
    with pytest.raises(Incomplete):
        file_objection(notice.pk, notice.challenge_id, **{**WORDS, "name": " "}, by=person, now=clock.now())
    with pytest.raises(NotFound):
        file_objection(notice.pk, notice.pk, **WORDS, by=person, now=clock.now())
    file_objection(notice.pk, notice.challenge_id, **WORDS, by=person, now=clock.now())
    with pytest.raises(Clash):
        file_objection(notice.pk, notice.challenge_id, **WORDS, by=person, now=clock.now())

    assert Objection.objects.count() == 1


def test_the_end_of_the_notice_is_too_late_and_the_instant_before_is_not(make, clock, notice):
    clock.set(notice.ends_at)
    with pytest.raises(WrongState) as late:
        file_objection(notice.pk, notice.challenge_id, **WORDS, by=make.person(), now=clock.now())
    clock.set(notice.ends_at - timedelta(microseconds=1))
    file_objection(notice.pk, notice.challenge_id, **WORDS, by=make.person(), now=clock.now())

    assert late.value.code == "notice_over"
    assert Objection.objects.count() == 1


def test_steps_and_people_of_an_objection(make, clock, notice):
    objector, inspector = make.official(Role.DISCIPLINE), make.official(Role.DISCIPLINE)
    objection = file_objection(notice.pk, notice.challenge_id, **WORDS, by=objector, now=clock.now())
    with pytest.raises(NotAllowed) as own:
        admit_objection(objection.pk, by=objector, now=clock.now())
    with pytest.raises(NotAllowed):
        admit_objection(objection.pk, by=make.case_officer(), now=clock.now())
    with pytest.raises(WrongState):
        decide_objection(objection.pk, upheld=True, reply="成立。", by=inspector, now=clock.now())

    admit_objection(objection.pk, by=inspector, now=clock.now())
    with pytest.raises(Incomplete):
        decide_objection(objection.pk, upheld=True, reply="", by=inspector, now=clock.now())
    decided = decide_objection(objection.pk, upheld=True, reply="成立。", by=inspector, now=clock.now())

    assert own.value.code == "own_objection"
    assert (decided.state, decided.reply, decided.decided_by) == (ObjectionState.UPHELD, "成立。", inspector)
