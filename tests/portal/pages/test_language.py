"""Switching the language."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_choice_is_kept_and_leads_back(client):
    answer = client.post("/language/", {"language": "en", "next": "/sign-in/?next=/x"})

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=/x")
    assert "Sign in" in client.get("/sign-in/").content.decode()
    client.post("/language/", {"language": "zh-hans"})
    assert '<html lang="zh-Hans"' in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_it_never_leads_elsewhere(client, elsewhere):
    assert client.post("/language/", {"language": "en", "next": elsewhere})["Location"] == "/"


def test_an_unknown_language_changes_nothing(client):
    assert not client.post("/language/", {"language": "xx"}).cookies
    assert client.get("/language/").status_code == 405


def test_the_browser_is_asked_first_and_chinese_is_the_fallback(client):
    assert '<html lang="en"' in client.get("/sign-in/", headers={"accept-language": "en-GB"}).content.decode()
    assert '<html lang="zh-Hans"' in client.get("/sign-in/", headers={"accept-language": "fr"}).content.decode()


def test_the_bar_of_a_public_page_sets_no_cookie(client):
    assert not client.get("/no/such/page").cookies
    assert (
        Client(enforce_csrf_checks=True).post("/language/", {"language": "en"}).cookies["django_language"].value == "en"
    )
