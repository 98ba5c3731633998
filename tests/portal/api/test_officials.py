"""Officials by the API, with the same actions as the pages."""

from base64 import b64encode

import pytest

from portal.clock import china_date
from portal.models import Grant, GrantProposal, Invitation, Role
from tests.making.members import LETTER

pytestmark = pytest.mark.django_db
URL = "/api/v1/officials/"


def post(client, url: str, sent: dict | None = None):
    return client.post(url, sent or {}, content_type="application/json")


@pytest.fixture
def two(make):
    return make.division_head(), make.leader()


def test_proposed_confirmed_listed_and_ended(make, client, two, clock):
    head, leader = two
    person, today = make.person("李维"), china_date(clock.now()).isoformat()
    client.force_login(head)
    sent = {
        "email": person.email, "role": "approver", "starts_on": today, "ends_on": "2099-12-31", "reason": "财政局函。",
        "letter_name": "函.pdf", "letter_base64": b64encode(LETTER).decode(),
    }  # fmt: skip
    proposed = post(client, f"{URL}proposals/", sent)
    own = post(client, f"{URL}proposals/{proposed.json()['id']}/confirmation/")
    client.force_login(leader)
    confirmed = post(client, f"{URL}proposals/{proposed.json()['id']}/confirmation/").json()
    again = post(client, f"{URL}proposals/{proposed.json()['id']}/confirmation/")
    listed = client.get(f"{URL}?role=approver&name=李维").json()
    end = post(client, f"{URL}{confirmed['grant_id']}/end/", {"reason": "调离。"})

    assert (proposed.status_code, proposed.json()["state"]) == (201, "proposed")
    assert (own.status_code, own.json()["code"]) == (403, "needs_second_person")
    assert (confirmed["state"], confirmed["decided_by"]) == ("confirmed", leader.name)
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")
    assert [(each["user"], each["role"], each["ends_on"]) for each in listed["results"]] == [("李维", "approver", "2099-12-31")]
    assert (end.status_code, end.json()["kind"]) == (201, "end")
    assert GrantProposal.objects.get(kind="grant").document.name == "函.pdf"


def test_refusing_and_taking_back(make, client, two):
    first, second = make.proposal(by=two[0]), make.proposal(by=two[0])
    client.force_login(two[1])
    refused = post(client, f"{URL}proposals/{first.pk}/refusal/", {"why": "没有文件。"}).json()
    client.force_login(two[0])

    assert refused["state"] == "refused"
    assert post(client, f"{URL}proposals/{second.pk}/withdrawal/").json()["state"] == "withdrawn"


def test_refusals_name_their_field(make, client, two, clock):
    client.force_login(two[0])
    sent = {"email": make.person().email, "role": "officer", "starts_on": "2020-01-01", "reason": "x"}

    past = post(client, f"{URL}proposals/", sent)
    expert = post(client, f"{URL}proposals/", sent | {"role": "expert"})
    letter = post(client, f"{URL}proposals/", sent | {"letter_base64": "%%%"})

    assert (past.status_code, past.json()["code"]) == (422, "starts_in_the_past")
    assert expert.status_code in (400, 422)
    assert letter.json()["code"] == "file_unreadable"
    assert not GrantProposal.objects.exists()


def test_inviting_and_accepting_an_office(make, client, two):
    person = make.person()
    client.force_login(two[0])
    sent = post(client, f"{URL}invitations/", {"email": person.email, "role": "officer", "reason": "岗位空缺。"})
    known = client.get(f"{URL}invitations/").json()
    secret = make.secret_of(Invitation.objects.get())
    client.force_login(person)
    wrong = post(client, "/api/v1/invitations/accept/", {"secret": secret})
    accepted = post(client, "/api/v1/invitations/accept-office/", {"secret": secret})

    assert (sent.status_code, known["count"]) == (201, 1)
    assert wrong.status_code == 404
    assert (accepted.status_code, accepted.json()["state"]) == (200, "proposed")
    assert not Grant.objects.filter(user=person).exists()


def test_an_expert_finds_no_officials(make, client, two):
    client.force_login(make.official(Role.EXPERT))

    assert client.get(URL).status_code == 404
    assert client.get(f"{URL}proposals/").status_code == 404
