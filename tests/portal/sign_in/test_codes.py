"""Signing in by a code in a mail or a text message, and choosing a new password by one."""

import re

import pytest
from django.test import Client

from portal.actions.account import confirm_phone
from portal.models import User
from tests.making.dispatches import last_code, promised
from tests.making.people import code_of

pytestmark = pytest.mark.django_db
NUMBER = "+8613912345678"


def signed_in(client) -> str | None:
    """Who this browser is."""
    return client.session.get("_auth_user_id")


def shape(answer) -> str:
    """A page without what differs each time."""
    return re.sub(r'value="[^"]*"|\S+\+00:00|\d\d:\d\d:\d\d', "", answer.content.decode())


def with_number(person: User, clock) -> User:
    """The same person, with a confirmed number."""
    return confirm_phone(person, NUMBER, by=person, now=clock.now())


def test_a_code_by_mail_signs_in(make, client):
    person = make.person()

    client.post("/sign-in/code/", {"email": person.email, "next": "/messages/"})
    answer = client.post("/sign-in/code/confirm/", {"code": last_code(), "next": "/messages/"})

    assert (answer["Location"], signed_in(client)) == ("/messages/", str(person.pk))
    assert [mail["to"] for mail in promised()] == [person.email]


def test_a_code_by_text_message_signs_in(make, client, clock):
    person = with_number(make.person(), clock)

    client.post("/sign-in/code/", {"phone": "139 1234 5678"})
    sent, code = promised(), last_code()
    client.post("/sign-in/code/confirm/", {"code": code})

    assert [(each["channel"], each["to"]) for each in sent] == [("sms", NUMBER)]
    assert signed_in(client) == str(person.pk)


def test_the_number_and_the_password_sign_in_too(make, client, clock):
    person = with_number(make.person(), clock)
    person.set_password("correct horse battery")
    person.save()

    client.post("/sign-in/", {"login": "１３９１２３４５６７８", "password": "correct horse battery"})

    assert signed_in(client) == str(person.pk)


def test_a_number_that_was_never_confirmed_signs_nobody_in(make, client):
    person = make.person(phone=NUMBER)
    person.set_password("correct horse battery")
    person.save()

    client.post("/sign-in/", {"login": NUMBER, "password": "correct horse battery"})
    client.post("/sign-in/code/", {"phone": NUMBER})

    assert (signed_in(client), promised()) == (None, [])


def test_a_code_is_no_second_factor(make, client):
    officer = make.officer()

    client.post("/sign-in/code/", {"email": officer.email})
    answer = client.post("/sign-in/code/confirm/", {"code": last_code()})
    between = signed_in(client)
    client.post(answer["Location"], {"code": code_of()})

    assert (answer["Location"], between, signed_in(client)) == ("/sign-in/second-factor/", None, str(officer.pk))


def test_nobody_learns_whether_an_address_or_number_has_an_account(make, clock):
    person = with_number(make.person(), clock)
    asked = [{"email": person.email}, {"email": "nobody@example.org"}, {"phone": NUMBER}, {"phone": "+8613900000000"}]
    pages = []
    for each in asked:
        client = Client()
        client.post("/sign-in/code/", each)
        pages.append(shape(client.get("/sign-in/code/confirm/")).replace(*each.values(), "-"))

    assert pages[0] == pages[1]
    assert pages[2] == pages[3]
    assert [each["to"] for each in promised()] == [person.email, "nobody@example.org", NUMBER]
    assert not re.search(r"\b\d{6}\b", promised()[1]["text"])


def test_three_wrong_codes_end_it(make, client):
    client.post("/sign-in/code/", {"email": make.person().email})
    code = last_code()

    for _ in range(3):
        client.post("/sign-in/code/confirm/", {"code": "000000"})
    client.post("/sign-in/code/confirm/", {"code": code})

    assert signed_in(client) is None


def test_a_forgotten_password_is_set_anew_by_a_code_and_other_sessions_end(make, client):
    person = make.person()
    elsewhere = Client()
    elsewhere.force_login(person)

    client.post("/sign-in/forgotten/", {"email": person.email})
    step = client.post("/sign-in/forgotten/code/", {"code": last_code()})
    weak = client.post(step["Location"], {"password1": "password123"})
    client.post(step["Location"], {"password1": "quantum-diamond-27"})

    person.refresh_from_db()
    assert weak.status_code == 422
    assert person.check_password("quantum-diamond-27")
    assert signed_in(client) == str(person.pk)
    assert elsewhere.get("/account/").status_code == 302


def test_a_new_password_does_not_replace_the_second_factor(make, client):
    officer = make.officer()

    client.post("/sign-in/forgotten/", {"email": officer.email})
    step = client.post("/sign-in/forgotten/code/", {"code": last_code()})
    answer = client.post(step["Location"], {"password1": "quantum-diamond-27"})

    assert (answer["Location"], signed_in(client)) == ("/sign-in/second-factor/", None)


def test_the_page_of_a_forgotten_password_tells_nothing(make):
    person, pages = make.person(), []
    for email in (person.email, "nobody@example.org"):
        client = Client()
        client.post("/sign-in/forgotten/", {"email": email})
        pages.append(shape(client.get("/sign-in/forgotten/code/")).replace(email, "-"))

    assert pages[0] == pages[1]
