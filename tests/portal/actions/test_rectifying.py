"""Requests to correct one's own data."""

import pytest

from portal.actions.rectifying import answer_correction, ask_correction
from portal.clock import portal_now
from portal.kernel.errors import Incomplete, NotAllowed, NotFound, WrongState
from portal.models import Event, Message, Role
from portal.queries.rectifying import asked, with_answers

pytestmark = pytest.mark.django_db


def test_a_request_is_answered_by_an_official_and_both_stand_in_the_record(make):
    officer, person = make.officer(), make.person()
    event = ask_correction("我的任职起始日期有误。", by=person, now=portal_now())
    answer_correction(event.pk, "已更正。", by=officer, now=portal_now())

    request = with_answers(asked([person.pk]))[0]

    assert (request.words, request.answer, request.answered_by) == ("我的任职起始日期有误。", "已更正。", officer)
    assert list(Message.objects.order_by("created_at").values_list("kind", "to")) == [
        ("correction_asked", officer.pk), ("correction_answered", person.pk),
    ]  # fmt: skip
    assert "任职" not in Event.objects.get(pk=event.pk).body


def test_each_answer_belongs_to_its_request(make):
    officer, person = make.officer(), make.person()
    first = ask_correction("一", by=person, now=portal_now())
    second = ask_correction("二", by=person, now=portal_now())
    answer_correction(second.pk, "答二", by=officer, now=portal_now())

    found = {request.id: request.answer for request in with_answers(asked())}

    assert found == {first.pk: "", second.pk: "答二"}


def test_nobody_answers_twice_or_for_oneself_or_without_the_office(make):
    officer = make.officer()
    own = ask_correction("我的姓名。", by=officer, now=portal_now())

    for by in (officer, make.person(), make.official(Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            answer_correction(own.pk, "已更正。", by=by, now=portal_now())
    answer_correction(own.pk, "已更正。", by=make.officer(), now=portal_now())
    with pytest.raises(WrongState):
        answer_correction(own.pk, "再答。", by=make.officer(), now=portal_now())


def test_a_request_needs_words_and_an_answer_needs_a_request(make):
    person = make.person()

    for words in ("", " ", "字" * 2001):
        with pytest.raises(Incomplete):
            ask_correction(words, by=person, now=portal_now())
    with pytest.raises(NotFound):
        answer_correction(person.pk, "答", by=make.officer(), now=portal_now())
    assert not Event.objects.filter(kind="user.correction_asked").exists()
