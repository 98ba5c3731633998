"""Error pages: a sentence, in the right language, with the right status."""

import pytest
from django.test import Client
from django.urls import path

from portal.urls import *  # noqa: F403  handlers and addresses of the real portal
from portal.urls import urlpatterns as real


def broken(request):
    """A page with a fault."""
    raise RuntimeError("a fault in the code")


urlpatterns = [path("broken", broken), *real]

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_a_fault_shows_a_page_that_gives_nothing_away():
    answer = Client(raise_request_exception=False).get("/broken", headers={"accept-language": "en"})

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.content.decode()
    assert "a fault in the code" not in answer.content.decode()


def test_a_form_that_is_too_old_says_so():
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {}, headers={"accept-language": "en"})

    assert answer.status_code == 403
    assert "Please open the page again" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "There is nothing here for you"), ("zh-hans", "这里没有您可以查看的内容")]
)
def test_what_is_not_there_says_so_in_both_languages(client, language, words):
    answer = client.get("/no/such/page", headers={"accept-language": language})

    assert answer.status_code == 404
    assert words in answer.content.decode()
