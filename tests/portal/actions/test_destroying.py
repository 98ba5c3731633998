"""Words in the record: destroyed by two officials, while every hash and proof still holds."""

import pytest
from django.utils.translation import override

from portal.actions.destroying import ask_destruction, destroy_words, keep_words
from portal.clock import portal_now
from portal.kernel.errors import Clash, Incomplete, NotAllowed, WrongState
from portal.models import Event, EventText, Role, TextDestruction
from portal.queries import destroying
from portal.queries.proofs import proof_of
from portal.record import record, sequence, words_of
from portal.states import DestructionState
from portal.verifying import verify

pytestmark = pytest.mark.django_db
SECRET = "密码是 hunter2"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def event(make):
    return record("organisation.noted", make.organisation(), by=make.officer(), why=SECRET)


def asked(event, by):
    return ask_destruction(event, why="含有密码。", by=by, now=portal_now())


def test_two_officials_destroy_words_and_the_proof_still_holds(make, event):
    one, two = make.official(Role.DIVISION_HEAD), make.official(Role.DISCIPLINE)
    while sequence():
        pass
    before = proof_of(event)

    destruction = asked(event, one)
    assert words_of(event) == SECRET
    destroy_words(destruction.pk, by=two, now=portal_now())
    while sequence():
        pass

    event = Event.objects.get(pk=event.pk)
    assert not EventText.objects.filter(event=event).exists()
    assert words_of(event) == "(These words were destroyed by two officials.)"
    assert list(verify()) == []
    assert proof_of(event)["body"] == before["body"] and proof_of(event)["leaf"] == before["leaf"]
    assert destroying.hash_of(event)
    happened = Event.objects.filter(subject_id=destruction.pk).order_by("at").values_list("kind", "by")
    assert list(happened) == [("textdestruction.asked", one.pk), ("textdestruction.done", two.pk)]


def test_one_official_alone_destroys_nothing(make, event):
    one = make.official(Role.DIVISION_HEAD)
    destruction = asked(event, one)

    for other in (one, make.officer(), make.official(Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            destroy_words(destruction.pk, by=other, now=portal_now())
    with pytest.raises(NotAllowed):
        asked(event, make.officer())

    assert words_of(event) == SECRET


def test_a_second_click_and_a_second_request_change_nothing(make, event):
    one, two = make.official(Role.DIVISION_HEAD), make.official(Role.LEADER)
    with pytest.raises(Incomplete):
        ask_destruction(event, why=" ", by=one, now=portal_now())
    destruction = asked(event, one)
    with pytest.raises(Clash):
        asked(event, two)
    destroy_words(destruction.pk, by=two, now=portal_now())

    with pytest.raises(WrongState):
        destroy_words(destruction.pk, by=two, now=portal_now())
    with pytest.raises(WrongState):
        asked(event, two)


def test_words_that_are_kept_may_be_asked_for_again(make, event):
    one, two = make.official(Role.DIVISION_HEAD), make.official(Role.LEADER)
    keep_words(asked(event, one).pk, by=two, now=portal_now())

    assert words_of(event) == SECRET
    assert asked(event, two).state == DestructionState.ASKED
    assert TextDestruction.objects.count() == 2


def test_words_are_found_by_the_address_of_their_page(make, event):
    head, discipline = make.official(Role.DIVISION_HEAD), make.official(Role.DISCIPLINE)
    hidden = record("organisation.noted", make.organisation(), by=None, why="密封", sealed=True)
    address = f"https://portal.example/organisations/{event.subject_id}/?page=2"

    assert destroying.found_by(head, address) == [event]
    assert destroying.found_by(head, f"/x/{hidden.subject_id}/") == []
    assert destroying.found_by(make.officer(), address) == []
    assert destroying.found_by(discipline, "没有编号") == []
