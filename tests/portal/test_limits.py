"""Who asks too often is told so, by page and by API, and the security log notes it once."""

import pytest

from portal import limits
from portal.limits import Limit
from portal.models import SecurityEvent, SecurityKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_at_most(settings, monkeypatch, cache_of_its_own):
    """Every limit lets three requests through."""
    settings.RATE_LIMITS = True
    few = tuple(Limit(one.name, one.applies, 3, one.seconds) for one in limits.LIMITS)
    monkeypatch.setattr(limits, "LIMITS", few)


@pytest.fixture
def cache_of_its_own():
    """Counts of other tests are not mine."""
    limits.cache.clear()
    yield
    limits.cache.clear()


def test_the_fourth_search_is_refused_with_when_to_try_again(client, make, three_at_most):
    make.person()

    answers = [client.get("/boards/", {"q": "量子"}) for _time in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[3]["Retry-After"] == "60"
    noted = SecurityEvent.objects.get(kind=SecurityKind.LIMIT_REACHED)
    assert noted.facts == {"limit": "search"}
    assert noted.address == "127.0.0.1"


def test_people_are_counted_each_for_themselves(client, make, three_at_most):
    first, second = make.person(), make.person()
    client.force_login(first)
    answers = [client.get("/boards/", {"q": "量子"}).status_code for _time in range(4)]
    client.force_login(second)

    assert [*answers, client.get("/boards/", {"q": "量子"}).status_code] == [200, 200, 200, 429, 200]


def test_the_api_answers_in_its_own_shape(client, three_at_most):
    answers = [client.get("/api/v1/districts/", headers={"accept-language": "en"}) for _time in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[3].json()["code"] == "too_often"
    assert "Wait a little" in answers[3].json()["message"]


def test_registering_organisations_is_limited(client, make, three_at_most):
    client.force_login(make.person())

    answers = [client.post("/organisations/new/", {"name": "戊"}).status_code for _time in range(4)]

    assert answers == [422, 422, 422, 429]


def test_reading_without_a_search_and_health_are_not_counted(client, three_at_most):
    assert {client.get("/boards/").status_code for _time in range(6)} == {200}
    assert {client.get("/healthz").status_code for _time in range(6)} == {200}
