"""Programmes, rules and calls by the API."""

import pytest

from challenges.models import Rules
from portal.kernel.money import wan_to_fen

pytestmark = pytest.mark.django_db


def post(client, url: str, sent: dict):
    return client.post(url, sent, content_type="application/json")


def test_a_programme_its_rules_and_a_call(make, client):
    client.force_login(make.case_officer())

    made = post(client, "/api/v1/programmes/", {"name": "科技攻关", "name_en": "Research programme"})
    url = f"/api/v1/programmes/{made.json()['id']}/rules/"
    (first,) = client.get(url).json()["results"]
    adopted = post(client, url, {"valid_from": "2099-01-01", "figures": {"bidding_days": 45}})
    sent = {"title": "征集", "title_en": "Call", "opens_at": "2098-01-01T09:00:00+08:00", "closes_at": "2098-02-01T17:30:00+08:00"}
    called = post(client, f"/api/v1/rules/{first['id']}/calls/", sent)
    client.logout()

    assert (made.status_code, adopted.status_code, called.status_code) == (201, 201, 201)
    assert (first["bidding_days"], adopted.json()["bidding_days"], adopted.json()["version"]) == (30, 45, 2)
    assert first["classes"][0]["cap_fen"] == wan_to_fen("1000")
    assert client.get("/api/v1/calls/").json()["results"][0]["closes_at"] == "2098-02-01T17:30:00+08:00"
    assert client.get(f"/api/v1/rules/{first['id']}/").json() == first


@pytest.mark.parametrize(
    "figures", [{"panel_least": 2}, {"pass_mark": "101"}, {"classes": [{"code": "major"}]}, {"bidding_days": 1.5}]
)
def test_figures_of_the_wrong_shape_are_named(make, client, figures):
    rules = make.rules()
    client.force_login(make.case_officer())

    answer = post(client, f"/api/v1/programmes/{rules.programme_id}/rules/", {"valid_from": "2099-01-01", "figures": figures})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert all(name.startswith("figures.") for name in answer.json()["fields"])
    assert Rules.objects.count() == 1


def test_a_call_that_closes_before_it_opens_is_refused(make, client):
    client.force_login(make.case_officer())
    sent = {"title": "征集", "title_en": "Call", "opens_at": "2098-02-01T09:00:00+08:00", "closes_at": "2098-01-01T17:30:00+08:00"}

    answer = post(client, f"/api/v1/rules/{make.rules().pk}/calls/", sent)

    assert (answer.status_code, list(answer.json()["fields"])) == (422, ["closes_at"])
