"""The two addresses that machines watch."""

import pytest
from django.core.cache import cache

from portal.tasks import HEARTBEAT

NO_HEARTBEAT = "No heartbeat for a minute: beat does not send, or no worker runs."


def test_healthz_asks_for_nothing_but_the_process(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_readyz_is_well_when_all_is_there(client):
    cache.set(HEARTBEAT, True, 60)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "missing": [], "retention": None})


@pytest.mark.django_db
def test_readyz_says_that_no_job_is_done(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"status": "not ready", "missing": [NO_HEARTBEAT], "retention": None})


@pytest.mark.django_db
def test_readyz_says_that_redis_is_gone(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://:hidden@127.0.0.1:1/0",
        }
    }

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert any(sentence.startswith("Redis answers") for sentence in answer.json()["missing"])
    assert "hidden" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_readyz_refuses_a_moved_clock_in_production(client, settings, owner_connection):
    cache.set(HEARTBEAT, True, 60)
    settings.CLOCK_MUST_BE_REAL = True
    owner_connection.execute("INSERT INTO portal_clock (id, shift) VALUES (1, interval '1 day')")
    owner_connection.commit()

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["missing"] == [
        "The clock of this portal has been moved: the owner of the database must empty portal_clock."
    ]
