"""Opening an account: a code confirms the address first, and nobody learns who has one."""

import re

import pytest
from allauth.account.models import EmailAddress

from portal.models import Dispatch, Event, User
from tests.making.dispatches import last_code, promised

pytestmark = pytest.mark.django_db
NEW = {"name": "林芳", "email": "Lin@example.org", "password1": "quantum-diamond-27"}


def signed_in(client) -> str | None:
    """Who this browser is."""
    return client.session.get("_auth_user_id")


def shape(answer) -> str:
    """A page without what differs each time."""
    return re.sub(r'value="[^"]*"|\S+\+00:00|\d\d:\d\d:\d\d', "", answer.content.decode())


def test_an_account_is_used_only_once_its_address_is_confirmed(client):
    answer = client.post("/sign-up/", NEW)
    person = User.objects.get()
    between = signed_in(client)
    wrong = client.post("/sign-up/confirm/", {"code": "000000"})
    confirmed = client.post("/sign-up/confirm/", {"code": last_code()})

    assert (answer["Location"], between, wrong.status_code) == ("/sign-up/confirm/", None, 422)
    assert (confirmed["Location"], signed_in(client)) == ("/organisations/new/", str(person.pk))
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("lin@example.org", True, True)]
    assert (person.email, person.name) == ("lin@example.org", "林芳")
    assert list(Event.objects.order_by("at").values_list("kind", flat=True)) == ["user.registered", "user.email_confirmed"]


def test_one_comes_back_to_where_one_was_invited(client):
    client.post("/sign-up/", {**NEW, "next": "/messages/"})

    assert client.post("/sign-up/confirm/", {"code": last_code()})["Location"] == "/messages/"


def test_signing_in_before_that_asks_for_the_code_again(client):
    client.post("/sign-up/", NEW)
    client.post("/sign-out/")

    answer = client.post("/sign-in/", {"login": NEW["email"], "password": NEW["password1"]})

    assert (answer["Location"], signed_in(client)) == ("/sign-up/confirm/", None)


def test_a_taken_address_gets_the_same_pages_and_its_owner_a_mail(make, client):
    owner = make.person()

    taken = client.post("/sign-up/", {**NEW, "email": owner.email})
    taken_page = shape(client.get("/sign-up/confirm/")).replace(owner.email, "-")
    client.post("/sign-out/")
    fresh = client.post("/sign-up/", NEW)
    fresh_page = shape(client.get("/sign-up/confirm/")).replace("lin@example.org", "-")

    assert taken["Location"] == fresh["Location"]
    assert taken_page == fresh_page
    assert [(mail["to"], "/sign-in/" in mail["text"]) for mail in promised()] == [(owner.email, True), ("lin@example.org", False)]
    assert User.objects.count() == 2


def test_a_fake_code_page_never_lets_anybody_in(make, client):
    client.post("/sign-up/", {**NEW, "email": make.person().email})

    for code in ("000000", "111111", "222222"):
        client.post("/sign-up/confirm/", {"code": code})

    assert signed_in(client) is None


@pytest.mark.parametrize("password", ["short-1", "1234567890", "password123", "woaini1314520", "lin@example.org", "QQ123456789"])
def test_a_weak_password_is_refused_and_what_was_typed_stays(client, password):
    answer = client.post("/sign-up/", {**NEW, "password1": password})

    assert answer.status_code == 422
    assert 'value="Lin@example.org"' in answer.content.decode()
    assert (User.objects.count(), Dispatch.objects.count()) == (0, 0)
