"""Account, organisations, members and messages by the API, with the same actions as the pages."""

import pytest

from portal.models import Message, Organisation
from portal.states import OrganisationState
from tests.counting import queries_of

pytestmark = pytest.mark.django_db


def entry_of(make, **changed) -> dict:
    return {
        "uscc": make.code(99),
        "name": "合肥甲量子仪器股份有限公司",
        "kind": "enterprise",
        "district_id": str(make.district().pk),
        "legal_representative": "李维",
        **changed,
    }


def post(client, url: str, sent: dict | None = None):
    return client.post(url, sent or {}, content_type="application/json")


def test_the_account_says_what_one_may_do(make, client):
    organisation = make.organisation()
    client.force_login(make.administrator(organisation))

    account = client.get("/api/v1/account/").json()

    assert account["administers"] == account["edits"] == account["views"] == [str(organisation.pk)]
    assert account["roles"] == []


def test_an_organisation_is_registered_returned_corrected_and_verified(make, client):
    person, officer = make.person(), make.officer()
    client.force_login(person)
    made = post(client, "/api/v1/organisations/", entry_of(make))
    url = f"/api/v1/organisations/{made.json()['id']}/"
    assert (made.status_code, made.json()["state"]) == (201, OrganisationState.REGISTERED)
    assert made.json()["created_at"].endswith("+08:00")

    client.force_login(officer)
    assert post(client, f"{url}return/", {"why": "名称不符。"}).json()["state"] == OrganisationState.RETURNED
    client.force_login(person)
    corrected = client.put(url, entry_of(make, name="合肥甲量子仪器有限公司"), content_type="application/json")
    assert (corrected.status_code, corrected.json()["name"]) == (200, "合肥甲量子仪器有限公司")
    client.force_login(officer)
    assert post(client, f"{url}verification/").json()["state"] == OrganisationState.VERIFIED

    again = post(client, f"{url}verification/")
    assert (again.status_code, again.json()["code"]) == (409, "wrong_state")


def test_messages_are_read_in_the_language_of_the_request(make, client):
    person, officer = make.person(), make.officer()
    client.force_login(person)
    post(client, "/api/v1/organisations/", entry_of(make))
    client.force_login(officer)

    (message,) = client.get("/api/v1/messages/", headers={"accept-language": "en"}).json()
    read = post(client, f"/api/v1/messages/{message['id']}/read/")

    assert message["subject"].endswith("waits for verification")
    assert message["link"] == f"/organisations/{Organisation.objects.get().pk}/"
    assert read.status_code == 200
    assert Message.objects.get().read_at is not None


def test_the_list_is_paged_and_costs_the_same_for_one_and_for_fifty(make, client):
    client.force_login(make.officer())
    make.organisation()
    one = queries_of(client, "/api/v1/organisations/")
    for _ in range(49):
        make.organisation()

    assert queries_of(client, "/api/v1/organisations/") == one
    page = client.get("/api/v1/organisations/").json()
    assert (page["count"], len(page["results"])) == (50, 25)
