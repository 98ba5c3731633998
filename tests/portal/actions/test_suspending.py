"""Suspending an account: nobody gets in with it, its tokens are refused, and it can be opened again."""

from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from portal.actions.suspending import restore_person, suspend_person
from portal.actions.tokens import create_token
from portal.clock import portal_now
from portal.kernel.errors import NotAllowed, Refused, WrongState
from portal.models import Event, Message, Role, SecurityEvent, User
from portal.queries.people import holders_of, powers_of


@pytest.mark.django_db
def test_a_suspended_person_is_out_and_their_token_is_refused(make):
    person, head = make.officer(), make.official(Role.DIVISION_HEAD)
    session = Client()
    session.force_login(person)
    _token, secret = create_token(name="x", days=30, by=person, now=portal_now(), proved_twice=True)
    program = Client(headers={"Authorization": f"Token {secret}"})
    assert program.get("/api/v1/organisations/").status_code == 200

    suspend_person(person.pk, why="离岗", by=head, now=portal_now())

    assert session.get("/home/")["Location"].startswith("/sign-in/")
    refused = program.get("/api/v1/organisations/")
    assert (refused.status_code, refused.json()["code"]) == (401, "token_refused")
    assert program.get("/api/v1/organisations/").status_code == 401
    assert SecurityEvent.objects.get(kind="token_refused").person == person
    assert not powers_of(User.objects.get(pk=person.pk)).roles
    assert person.pk not in holders_of(Role.OFFICER)
    assert Message.objects.filter(kind="account_suspended", to=person).exists()
    assert Event.objects.filter(kind="user.suspended").exists()


@pytest.mark.django_db
def test_opened_again_everything_holds_as_before_and_the_old_session_does_not(make):
    person, head = make.officer(), make.official(Role.DIVISION_HEAD)
    session = Client()
    session.force_login(person)
    suspend_person(person.pk, why="离岗", by=head, now=portal_now())
    restore_person(person.pk, why="返岗", by=head, now=portal_now())

    assert session.get("/home/").status_code == 302
    assert powers_of(User.objects.get(pk=person.pk)).roles == {Role.OFFICER}
    with pytest.raises(WrongState):
        restore_person(person.pk, why="返岗", by=head, now=portal_now())


@pytest.mark.django_db
def test_only_a_division_head_with_a_reason_and_never_oneself(make):
    person, head = make.person(), make.official(Role.DIVISION_HEAD)

    for by, why, refusal in ((make.officer(), "离岗", NotAllowed), (head, "  ", Refused)):
        with pytest.raises(refusal):
            suspend_person(person.pk, why=why, by=by, now=portal_now())
    with pytest.raises(NotAllowed):
        suspend_person(head.pk, why="离岗", by=head, now=portal_now())
    assert User.objects.get(pk=person.pk).is_active


@pytest.mark.django_db(transaction=True)
def test_two_division_heads_suspend_at_once_and_one_is_told_it_is_done(make):
    person, heads = make.person(), [make.official(Role.DIVISION_HEAD), make.official(Role.DIVISION_HEAD)]
    answers = []

    def suspend(by):
        try:
            answers.append(suspend_person(person.pk, why="离岗", by=by, now=portal_now()).is_active)
        except WrongState as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=suspend, args=(head,)) for head in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers, key=str) == [False, "not_open"]
    assert Event.objects.filter(kind="user.suspended").count() == 1


@pytest.mark.django_db
def test_the_page_suspends_and_opens_again(make):
    person, head = make.officer(), make.official(Role.DIVISION_HEAD)
    client = Client(headers={"accept-language": "en"})
    client.force_login(head)
    address = f"/accounts/{person.pk}/"

    assert client.post(f"{address}suspend", {"close-why": ""}).status_code == 422
    assert client.post(f"{address}suspend", {"close-why": "Left the bureau."})["Location"] == address
    closed = client.get(address).content.decode()
    assert "This account is suspended" in closed and "Open the account again" in closed
    assert client.post(f"{address}restore", {"close-why": "Came back."})["Location"] == address
    assert User.objects.get(pk=person.pk).is_active
