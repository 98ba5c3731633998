"""“Please read” comes before anything else, once per version."""

import pytest

from portal.actions.legal import accept_texts
from portal.actions.tokens import create_token
from portal.clock import portal_now
from portal.models import Acceptance

pytestmark = pytest.mark.django_db


def test_with_no_text_nothing_is_asked(client, make):
    client.force_login(make.officer())

    assert client.get("/account/").status_code == 200


def test_a_person_reads_and_accepts_and_goes_on_to_where_they_wanted(client, make):
    person, text = make.person(), make.published_text()
    client.force_login(person)

    first = client.get("/account/?a=1")
    assert (first.status_code, first["Location"]) == (302, "/please-read/?next=%2Faccount%2F%3Fa%3D1")
    assert "我们处理哪些个人信息" in client.get(first["Location"], headers={"accept-language": "zh-hans"}).content.decode()
    done = client.post("/please-read/", {"text": [text.pk], "next": "/account/?a=1"})

    assert (done.status_code, done["Location"]) == (302, "/account/?a=1")
    assert client.get("/account/").status_code == 200
    assert [each.text_id for each in Acceptance.objects.filter(person=person)] == [text.pk]


def test_a_new_version_asks_again_although_the_session_remembers(client, make):
    person, text = make.person(), make.published_text()
    accept_texts([text.pk], by=person, now=portal_now())
    client.force_login(person)
    assert client.get("/account/").status_code == 200

    make.published_text("privacy", "第二版")

    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize("path", ["/privacy/", "/privacy/1/", "/terms/", "/accessibility/", "/healthz"])
def test_what_must_stay_open_stays_open(client, make, path):
    make.published_text()
    client.force_login(make.person())

    assert client.get(path).status_code == 200


def test_leaving_and_the_language_stay_open_and_the_way_on_stays_inside(client, make):
    text = make.published_text()
    client.force_login(make.person())

    assert client.post("/language/", {"language": "en", "next": "/please-read/"})["Location"] == "/please-read/"
    assert client.post("/please-read/", {"text": [text.pk], "next": "https://evil.example/"})["Location"].startswith("/")
    assert client.post("/sign-out/").status_code == 302


def test_the_api_says_terms_not_accepted_by_session_and_by_token(client, make):
    person, text = make.person(), make.published_text()
    _token, secret = create_token(name="程序", days=5, by=person, now=portal_now())
    client.force_login(person)

    by_session = client.get("/api/v1/account/")
    client.logout()
    by_token = client.get("/api/v1/account/", headers={"authorization": f"Token {secret}"})

    assert [(each.status_code, each.json()["code"]) for each in (by_session, by_token)] == [(403, "terms_not_accepted")] * 2
    accept_texts([text.pk], by=person, now=portal_now())
    assert client.get("/api/v1/account/", headers={"authorization": f"Token {secret}"}).status_code == 200


def test_the_privacy_page_lists_the_register(client):
    shown = client.get("/privacy/", headers={"accept-language": "en"}).content.decode()

    assert "Mobile number" in shown and "until the account is deleted" in shown and "No text is published yet" in shown
