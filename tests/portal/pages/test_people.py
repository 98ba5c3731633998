"""Signing up, account, tokens, organisations and messages as pages."""

import re

import pytest

from portal.actions.correcting import correct_organisation, return_organisation
from portal.actions.registering import verify_organisation
from portal.clock import portal_now
from portal.models import ApiToken, Message, Organisation
from portal.states import OrganisationState
from tests.counting import queries_of

pytestmark = pytest.mark.django_db

ENTRY = {
    "uscc": "91340100MA0000000G",
    "name": "合肥甲量子仪器股份有限公司",
    "kind": "enterprise",
    "legal_representative": "李维",
}


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def test_a_newcomer_registers_an_organisation_and_it_is_verified(make, english):
    english.force_login(make.person())
    answer = english.post("/organisations/new/", {**ENTRY, "district": make.district().pk})
    organisation = Organisation.objects.get()
    assert answer["Location"] == f"/organisations/{organisation.pk}/"
    assert "The bureau verifies it next." in english.get(answer["Location"]).content.decode()

    english.force_login(make.officer())
    english.post(f"/organisations/{organisation.pk}/verify")

    organisation.refresh_from_db()
    assert organisation.state == OrganisationState.VERIFIED


def test_a_code_that_does_not_fit_shows_the_box_to_tick(make, english):
    english.force_login(make.person())
    fits = english.get("/organisations/new/").content.decode()
    entry = {**ENTRY, "uscc": "91340100MA0000000A", "district": make.district().pk}

    warned = english.post("/organisations/new/", entry)
    confirmed = english.post("/organisations/new/", {**entry, "uscc_confirmed": "on"})

    assert 'type="checkbox" name="uscc_confirmed"' not in fits
    assert warned.status_code == 422
    assert 'type="checkbox" name="uscc_confirmed"' in warned.content.decode()
    assert "Compare the code with the business licence" in warned.content.decode()
    assert confirmed.status_code == 302
    assert Organisation.objects.get().uscc_confirmed


def test_a_code_that_is_taken_names_who_has_it(make, english):
    make.organisation("先到公司")
    taken = Organisation.objects.get().uscc
    english.force_login(make.person())

    answer = english.post("/organisations/new/", {**ENTRY, "uscc": taken, "district": make.district().pk})

    assert answer.status_code == 409
    assert "先到公司" in answer.content.decode()
    assert ENTRY["name"] in answer.content.decode()


def test_a_returned_entry_shows_its_reason_and_is_corrected(make, english):
    organisation = make.organisation(verified=False)
    return_organisation(organisation.pk, why="代码与执照不符。", by=make.officer(), now=portal_now())
    english.force_login(make.administrator(organisation))

    page = english.get(f"/organisations/{organisation.pk}/correct/").content.decode()
    answer = english.post(f"/organisations/{organisation.pk}/correct/", {**ENTRY, "district": make.district().pk})

    assert "代码与执照不符。" in page
    assert answer.status_code == 302
    organisation.refresh_from_db()
    assert (organisation.state, organisation.uscc) == (OrganisationState.REGISTERED, ENTRY["uscc"])


def test_the_list_of_organisations_costs_the_same_for_one_and_for_fifty(make, english):
    english.force_login(make.officer())
    make.organisation()
    one = queries_of(english, "/organisations/")
    for _ in range(49):
        make.organisation()

    assert queries_of(english, "/organisations/") == one
    assert english.get("/organisations/").content.decode().count("<tr>") == 26


def test_organisations_are_found_by_name_and_code(make, english):
    english.force_login(make.officer())
    make.organisation("庚电测仪器")
    other = make.organisation("辛智能装备")

    by_name = english.get("/organisations/", {"q": "庚电"}).content.decode()
    by_code = english.get("/organisations/", {"q": other.uscc.lower()}).content.decode()

    assert "庚电测仪器" in by_name
    assert "辛智能装备" not in by_name
    assert "辛智能装备" in by_code


def test_a_token_is_shown_once_and_revoked(make, english):
    english.force_login(make.person())

    made = english.post("/account/tokens/", {"name": "desk", "days": "30"}).content.decode()
    secret = re.search(r"jb_[\w-]+", made).group()
    again = english.get("/account/tokens/").content.decode()
    token = ApiToken.objects.get()
    english.post(f"/account/tokens/{token.pk}/revoke")

    assert secret not in again
    assert english.get("/api/v1/account/", headers={"Authorization": f"Token {secret}"}).status_code == 401


def test_the_language_of_the_account_is_that_of_pages_and_mail(make, client):
    person = make.person()
    client.force_login(person)

    answer = client.post("/account/", {"name": "Lin Fang", "language": "en"})

    person.refresh_from_db()
    assert (person.name, person.language, answer.cookies["django_language"].value) == ("Lin Fang", "en", "en")


def test_opening_a_message_marks_it_read_and_leads_to_its_matter(make, english):
    organisation = make.organisation(verified=False)
    verify_organisation(organisation.pk, by=make.officer(), now=portal_now())
    english.force_login(make.administrator(organisation))
    message = Message.objects.get(kind="organisation_verified")

    inbox = english.get("/messages/").content.decode()
    opened = english.get(f"/messages/{message.pk}/")

    message.refresh_from_db()
    assert "is verified" in inbox
    assert "Messages, 1 unread" in inbox
    assert opened["Location"] == f"/organisations/{organisation.pk}/"
    assert message.read_at is not None
    assert "Messages, 0 unread" in english.get("/messages/").content.decode()


def test_the_inbox_costs_the_same_for_one_and_for_fifty(make, english):
    officer = make.officer()
    english.force_login(officer)
    first = make.organisation(verified=False)
    told(first, officer, make)
    one = queries_of(english, "/messages/")
    for _ in range(49):
        told(make.organisation(verified=False), officer, make)

    assert Message.objects.filter(to=officer).count() == 50
    assert queries_of(english, "/messages/") == one


def told(organisation, officer, make) -> None:
    """Let the officer hear of a corrected entry."""
    return_organisation(organisation.pk, why="改正。", by=officer, now=portal_now())
    entry = {**ENTRY, "uscc": organisation.uscc, "uscc_confirmed": False, "district_id": organisation.district_id}
    correct_organisation(organisation.pk, **entry, by=make.administrator(organisation), now=portal_now())
