"""Members, invitations and hand-overs by the API, with the same actions as the pages."""

import pytest

from portal.models import MemberRole

pytestmark = pytest.mark.django_db


def post(client, url: str, sent: dict | None = None):
    return client.post(url, sent or {}, content_type="application/json")


@pytest.fixture
def firm(make, client):
    """An organisation whose administrator asks."""
    organisation = make.organisation("甲公司")
    administrator = make.administrator(organisation)
    client.force_login(administrator)
    return organisation, administrator, f"/api/v1/organisations/{organisation.pk}/"


def test_inviting_says_nothing_about_accounts(make, client, firm):
    _organisation, _administrator, url = firm

    known = post(client, f"{url}members/", {"email": make.person().email, "role": "editor"})
    unknown = post(client, f"{url}members/", {"email": "nobody@example.org", "role": "editor"})

    assert (known.status_code, unknown.status_code) == (201, 201)
    assert set(known.json()) == set(unknown.json())
    assert known.json()["state"] == unknown.json()["state"] == "invited"
    assert client.get(f"{url}invitations/").json()["count"] == 2


def test_an_invitation_is_accepted_with_its_secret_once(make, client, firm):
    organisation, _administrator, url = firm
    person = make.person()
    secret = make.secret_of(make.invitation(organisation, email=person.email, role="viewer"))
    client.force_login(person)

    offer = post(client, "/api/v1/invitations/offer/", {"secret": secret}).json()
    accepted = post(client, "/api/v1/invitations/accept/", {"secret": secret})
    again = post(client, "/api/v1/invitations/accept/", {"secret": secret})

    assert (offer["organisation"], offer["role"], offer["sent_to"]) == ("甲公司", "viewer", "p***@example.org")
    assert (accepted.status_code, accepted.json()["role"]) == (200, "viewer")
    assert (again.status_code, again.json()["code"]) == (409, "invitation_used")
    assert client.get(f"{url}members/").json()["count"] == 2


def test_sending_again_withdrawing_and_declining(make, client, firm):
    organisation, _administrator, url = firm
    first, second = make.invitation(organisation), make.invitation(organisation)
    secret = make.secret_of(second)

    again = post(client, f"{url}invitations/{first.pk}/resend/").json()
    withdrawn = post(client, f"{url}invitations/{first.pk}/withdraw/").json()
    client.force_login(second.invited_by.__class__.objects.get(email=second.email))
    declined = post(client, "/api/v1/invitations/decline/", {"secret": secret})

    assert (again["state"], withdrawn["state"], declined.status_code) == ("invited", "withdrawn", 204)


def test_roles_last_days_ends_and_history(make, client, firm):
    organisation, _administrator, url = firm
    editor = make.member(organisation, MemberRole.EDITOR)
    old = organisation.memberships.get(user=editor)

    new = post(client, f"{url}members/{old.pk}/role/", {"role": "viewer"}).json()
    dated = post(client, f"{url}members/{new['id']}/last-day/", {"ends_on": "2099-01-01"}).json()
    ended = post(client, f"{url}members/{new['id']}/end/")

    assert (new["role"], dated["ends_on"], ended.status_code) == ("viewer", "2099-01-01", 200)
    assert [each["role"] for each in client.get(f"{url}members/former/").json()["results"]] == ["viewer", "editor"]


def test_leaving_and_handing_over(make, client, firm):
    organisation, administrator, url = firm
    editor = make.member(organisation, MemberRole.EDITOR)
    to = str(organisation.memberships.get(user=editor).pk)

    refused = post(client, f"{url}leave/")
    handed = post(client, f"{url}hand-over/", {"to": to, "stay_as": "viewer"})
    left = post(client, f"{url}leave/")

    assert (refused.status_code, refused.json()["code"]) == (422, "last_administrator")
    assert (handed.json()["user"]["id"], handed.json()["role"]) == (str(editor.pk), "administrator")
    assert (left.json()["user"]["id"], left.json()["role"]) == (str(administrator.pk), "viewer")


def test_open_work_is_listed_and_handed_over(make, client, firm):
    organisation, administrator, url = firm
    editor = make.member(organisation, MemberRole.EDITOR)
    need = make.need("draft", poster=organisation)

    (work,) = client.get(f"{url}work/").json()
    (after,) = post(client, f"{url}work/", {"works": [work["key"]], "to": str(editor.pk)}).json()
    again = post(client, f"{url}work/", {"works": [work["key"]], "to": str(editor.pk)})

    assert (work["key"], work["keeper"]["id"]) == (f"challenges.challenge:{need.pk}", str(need.created_by_id))
    assert after["keeper"]["id"] == str(editor.pk)
    assert (again.status_code, again.json()["code"]) == (409, "keeps_it_already")
