"""Signing in with a password and a second factor, signing out, and the quick way that exists in a demo only."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.urls import reverse

from portal import demo
from portal.models import SecurityEvent, User
from tests.making.people import code_of

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def person(make) -> User:
    """Somebody with a password."""
    return with_password(make.person("顾明"))


def with_password(person: User) -> User:
    """The same person, with PASSWORD."""
    person.set_password(PASSWORD)
    person.save()
    return person


def signed_in(client) -> str | None:
    """Who this browser is."""
    return client.session.get("_auth_user_id")


def test_with_the_right_password_one_goes_where_one_wanted(client, person):
    answer = client.post("/sign-in/", {"login": person.email.upper(), "password": PASSWORD, "next": "/messages/"})

    assert (answer.status_code, answer["Location"], signed_in(client)) == (302, "/messages/", str(person.pk))
    assert UserSession.objects.filter(user=person).count() == 1
    assert list(SecurityEvent.objects.values_list("kind", "person")) == [("signed_in", person.pk)]


def test_nobody_is_led_to_another_site(client, person):
    answer = client.post("/sign-in/", {"login": person.email, "password": PASSWORD, "next": "https://evil.example/"})

    assert answer["Location"] == reverse("home")


def test_with_a_wrong_password_the_address_stays_and_a_sentence_helps(client, person):
    answer = client.post("/sign-in/", {"login": person.email, "password": "no"}, headers={"accept-language": "en"})

    assert (answer.status_code, signed_in(client)) == (422, None)
    assert "do not fit each other" in answer.content.decode()
    assert f'value="{person.email}"' in answer.content.decode()
    assert list(SecurityEvent.objects.values_list("kind", "person")) == [("sign_in_failed", person.pk)]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, person):
    answers = [client.post("/sign-in/", {"login": login, "password": "no"}) for login in (person.email, "no@example.org")]

    first, second = (re.sub(r'value="[^"]*"|\S+\+00:00|\d\d:\d\d:\d\d', "", a.content.decode()) for a in answers)
    assert "jb-note stop" in first
    assert first == second


def test_an_official_proves_it_a_second_time(client, make):
    officer = with_password(make.officer())

    first = client.post("/sign-in/", {"login": officer.email, "password": PASSWORD, "next": "/organisations/"})
    between = signed_in(client)
    wrong = client.post(first["Location"], {"code": "000000"})
    last = client.post(first["Location"], {"code": code_of()})

    assert (first["Location"], between) == ("/sign-in/second-factor/", None)
    assert wrong.status_code == 422
    assert (last["Location"], signed_in(client)) == ("/organisations/", str(officer.pk))


def test_a_code_of_the_authenticator_is_taken_once(client, make):
    officer, code = with_password(make.officer()), code_of()

    for expected in (str(officer.pk), None):
        client.post("/sign-out/")
        client.post("/sign-in/", {"login": officer.email, "password": PASSWORD})
        client.post("/sign-in/second-factor/", {"code": code})
        assert signed_in(client) == expected


def test_signing_out_ends_the_session(client, person):
    client.force_login(person)

    client.post("/sign-out/")

    assert signed_in(client) is None


def test_a_closed_account_does_not_get_in_and_its_open_session_ends(client, person):
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get("/account/")["Location"].startswith("/sign-in/")
    answer = client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    assert answer["Location"] == "/sign-in/closed/"
    assert client.get("/account/")["Location"].startswith("/sign-in/")


def test_outside_a_demo_there_is_no_quick_way(client, person):
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sign-in", {"email": person.email}).status_code == 404
    assert signed_in(client) is None


def test_in_a_demo_one_may_be_anybody_of_the_cast_and_nobody_else(client, make, monkeypatch):
    officer, stranger = make.officer(), make.person()
    monkeypatch.setattr(demo, "is_demo", lambda: True)
    monkeypatch.setattr(demo, "accounts", lambda: [("officer", officer.name, officer.email)])

    page = client.get("/demo/").content.decode()
    refused = client.post("/demo/sign-in", {"email": stranger.email})
    answer = client.post("/demo/sign-in", {"email": officer.email, "next": "/organisations/"})

    assert officer.name in page
    assert (refused.status_code, answer["Location"], signed_in(client)) == (404, "/organisations/", str(officer.pk))
    assert client.get("/organisations/").status_code == 200
