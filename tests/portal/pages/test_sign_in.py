"""Signing in, and the quick way that exists in a demo only."""

import pytest

from portal import demo
from portal.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(make) -> User:
    """Somebody with a password."""
    person = make.person("顾明")
    person.set_password("correct horse battery")
    person.save()
    return person


def signed_in(client) -> str | None:
    """Who this browser is."""
    return client.session.get("_auth_user_id")


def test_with_the_right_password_one_goes_where_one_wanted(client, person):
    answer = client.post("/sign-in/", {"username": person.email, "password": "correct horse battery", "next": "/demo/"})

    assert (answer.status_code, answer["Location"], signed_in(client)) == (302, "/demo/", str(person.pk))


def test_with_a_wrong_password_the_address_stays_and_a_sentence_helps(client, person):
    answer = client.post("/sign-in/", {"username": person.email, "password": "no"}, headers={"accept-language": "en"})

    assert (answer.status_code, signed_in(client)) == (422, None)
    assert "E-mail or password is wrong." in answer.content.decode()
    assert f'value="{person.email}"' in answer.content.decode()


def test_signing_out_ends_the_session(client, person):
    client.force_login(person)

    client.post("/sign-out/")

    assert signed_in(client) is None


def test_outside_a_demo_there_is_no_quick_way(client, person):
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sign-in", {"email": person.email}).status_code == 404
    assert signed_in(client) is None


def test_in_a_demo_one_may_be_anybody_of_the_cast_and_nobody_else(client, person, make, monkeypatch):
    stranger = make.person()
    monkeypatch.setattr(demo, "is_demo", lambda: True)
    monkeypatch.setattr(demo, "accounts", lambda: [("administrator", person.name, person.email)])

    page = client.get("/demo/").content.decode()
    refused = client.post("/demo/sign-in", {"email": stranger.email})
    answer = client.post("/demo/sign-in", {"email": person.email, "next": "/demo/"})

    assert person.name in page
    assert (refused.status_code, answer["Location"], signed_in(client)) == (404, "/demo/", str(person.pk))
