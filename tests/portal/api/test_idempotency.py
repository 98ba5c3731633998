"""A request with an Idempotency-Key may be repeated: it is done once and answered alike."""

import threading

import pytest
from django.db import connection

from portal.api import idempotency
from portal.models import IdempotentAnswer, Organisation

URL = "/api/v1/organisations/"


def entry_of(make, number=99):
    return {
        "uscc": make.code(number),
        "name": "合肥甲量子仪器股份有限公司",
        "kind": "enterprise",
        "district_id": str(make.district().pk),
        "legal_representative": "李维",
    }


def post(client, entry, key="one"):
    return client.post(URL, entry, content_type="application/json", headers={"Idempotency-Key": key})


@pytest.mark.django_db
def test_the_same_key_and_body_get_the_same_answer(make, client):
    client.force_login(make.person())
    entry = entry_of(make)

    first, again = post(client, entry), post(client, entry)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Organisation.objects.filter(uscc=entry["uscc"]).count() == 1


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused(make, client):
    client.force_login(make.person())
    post(client, entry_of(make))

    other = post(client, entry_of(make, number=98))

    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert Organisation.objects.count() == 1


@pytest.mark.django_db
def test_a_key_belongs_to_one_person(make, client):
    client.force_login(make.person())
    post(client, entry_of(make))
    client.force_login(make.person())

    other = post(client, entry_of(make, number=98))

    assert other.status_code == 201


@pytest.mark.django_db
def test_a_refusal_is_not_kept_so_the_request_may_be_mended(make, client):
    client.force_login(make.person())
    entry = entry_of(make)
    refused = post(client, {**entry, "district_id": "6f2b1f8e-6f0f-4f3c-9d9e-0d1f7a1c2b3d"})

    mended = post(client, entry)

    assert (refused.status_code, mended.status_code) == (404, 201)
    assert IdempotentAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_while_the_first_request_runs_the_second_is_told_to_wait(make, client):
    person = make.person()
    client.force_login(person)
    entry = entry_of(make)
    held, release = threading.Event(), threading.Event()

    def hold():
        from django.db import transaction

        with transaction.atomic():
            idempotency._hold(f"{person.pk}:register_organisation:one")
            held.set()
            release.wait(10)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    held.wait(10)
    waiting = post(client, entry)
    release.set()
    other.join()

    assert (waiting.status_code, waiting.json()["code"]) == (409, "still_running")
    assert post(client, entry).status_code == 201
