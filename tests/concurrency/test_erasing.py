"""Two officials forget one person at once, or destroy the same words: it happens once."""

import pytest

from portal.actions.destroying import ask_destruction, destroy_words, keep_words
from portal.actions.erasing import ask_erasure, carry_out_erasure, withdraw_erasure
from portal.clock import portal_now
from portal.kernel.errors import PortalError
from portal.models import Erasure, Event, EventText, Role, TextDestruction
from portal.record import record
from tests.concurrency.test_deadline import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officials_forget_a_person_once(make):
    heads = [make.official(Role.DIVISION_HEAD), make.official(Role.LEADER)]
    erasure = ask_erasure(by=make.member(make.organisation(), "viewer"), now=portal_now())

    found = together(*[lambda by=by: carry_out_erasure(erasure.pk, by=by, now=portal_now()) for by in heads])

    assert sum(isinstance(each, Erasure) for each in found) == 1
    assert sum(isinstance(each, PortalError) for each in found) == 1
    assert Event.objects.filter(kind="user.erased").count() == 1


def test_a_request_is_carried_out_or_withdrawn_and_not_both(make):
    head, person = make.official(Role.DIVISION_HEAD), make.person()
    erasure = ask_erasure(by=person, now=portal_now())

    found = together(
        lambda: carry_out_erasure(erasure.pk, by=head, now=portal_now()),
        lambda: withdraw_erasure(erasure.pk, by=person, now=portal_now()),
    )

    assert sum(isinstance(each, Erasure) for each in found) == 1
    person.refresh_from_db()
    erasure.refresh_from_db()
    assert (erasure.state == "done") == (person.erased_at is not None)


def test_words_are_destroyed_or_kept_and_not_both(make):
    one, two, three = (make.official(role) for role in (Role.DIVISION_HEAD, Role.LEADER, Role.DISCIPLINE))
    event = record("organisation.noted", make.organisation(), by=one, why="误写的秘密")
    destruction = ask_destruction(event, why="含有秘密。", by=one, now=portal_now())

    found = together(
        lambda: destroy_words(destruction.pk, by=two, now=portal_now()),
        lambda: keep_words(destruction.pk, by=three, now=portal_now()),
    )

    assert sum(isinstance(each, TextDestruction) for each in found) == 1
    destruction.refresh_from_db()
    assert (destruction.state == "done") != EventText.objects.filter(event=event).exists()
