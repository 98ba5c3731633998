"""Every refusal of the API has one shape and the error's own status."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.actions.tokens import create_token, revoke_token
from portal.clock import portal_now

pytestmark = pytest.mark.django_db


def test_nobody_is_told_to_sign_in(client):
    answer = client.get("/api/v1/account/")

    assert answer.status_code == 401
    assert answer.json()["code"] == "not_signed_in"
    assert answer["WWW-Authenticate"] == "Token"


def test_a_hidden_row_and_an_absent_one_answer_alike(make, client):
    organisation = make.organisation()
    client.force_login(make.person())

    hidden = client.get(f"/api/v1/organisations/{organisation.pk}/")
    absent = client.get("/api/v1/organisations/6f2b1f8e-6f0f-4f3c-9d9e-0d1f7a1c2b3d/")

    assert (hidden.status_code, hidden.json()) == (absent.status_code, absent.json())
    assert hidden.json()["code"] == "not_found"


def test_an_address_that_does_not_exist_is_no_operation(client):
    assert client.get("/api/v1/nothing/").status_code == 404


def test_missing_fields_are_named(make, client):
    client.force_login(make.person())

    answer = client.post("/api/v1/organisations/", {"kind": "shop"}, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"
    assert {"uscc", "name", "kind", "district_id"} <= set(answer.json()["fields"])


def test_unreadable_json_is_said_to_be_unreadable(make, client):
    client.force_login(make.person())

    answer = client.post("/api/v1/organisations/", "{", content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (400, "unreadable")


def test_a_refusal_names_its_field_in_the_language_asked_for(make, client):
    client.force_login(make.person())
    entry = entry_of(make, uscc="91340100MA0000000A")

    english = client.post("/api/v1/organisations/", entry, content_type="application/json", headers={"accept-language": "en"})

    assert english.status_code == 422
    assert english.json()["code"] == "uscc_check_character"
    assert "business licence" in english.json()["message"]
    assert list(english.json()["fields"]) == ["uscc_confirmed"]


def test_a_session_needs_the_csrf_token(make):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make.person())

    answer = client.post("/api/v1/organisations/", {}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_a_wrong_method_is_refused(make, client):
    client.force_login(make.person())

    answer = client.delete("/api/v1/account/")

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_a_token_signs_in_until_it_is_revoked(make, client):
    person, now = make.person(), portal_now()
    token, secret = create_token(name="desk", days=30, by=person, now=now)
    headers = {"Authorization": f"Token {secret}"}

    assert client.get("/api/v1/account/", headers=headers).json()["email"] == person.email

    revoke_token(token.pk, by=person, now=now)
    refused = client.get("/api/v1/account/", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (401, "token_refused")


def test_a_token_ends_on_its_day_and_with_its_person(make, client, clock):
    person = make.person()
    _token, secret = create_token(name="desk", days=1, by=person, now=clock.now())
    headers = {"Authorization": f"Token {secret}"}

    clock.set(clock.now() + timedelta(days=1, seconds=1))
    assert client.get("/api/v1/account/", headers=headers).status_code == 401

    _token, secret = create_token(name="desk", days=1, by=person, now=clock.now())
    person.is_active = False
    person.save()
    assert client.get("/api/v1/account/", headers={"Authorization": f"Token {secret}"}).status_code == 401


@pytest.mark.parametrize("secret", ["", "jb_unknown", "jb_é"])
def test_an_unknown_token_is_refused(client, secret):
    answer = client.get("/api/v1/account/", headers={"Authorization": f"Token {secret}"})

    assert answer.status_code == 401


def entry_of(make, **changed):
    return {
        "uscc": make.code(99),
        "name": "合肥甲量子仪器股份有限公司",
        "kind": "enterprise",
        "district_id": str(make.district().pk),
        "legal_representative": "李维",
        **changed,
    }
