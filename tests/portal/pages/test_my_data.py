"""The page of one's own data, its copies, and what others see of it."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from portal.actions.exporting import make_export
from portal.models import AccessToPersonalData, DataExport, Event, MemberRole, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(client):
    """A client that reads English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def person(make):
    """Somebody with a mobile number who administers a firm."""
    person = make.administrator(make.organisation("甲公司"))
    person.phone = "+8613812345678"
    person.save()
    return person


def test_a_copy_takes_two_clicks_and_is_fetched_once_ready(english, person):
    english.force_login(person)
    page = english.get("/account/data/").content.decode()
    assert 'action="/account/data/copies"' in page and "甲公司" in page and "+8613812345678" in page

    english.post("/account/data/copies")
    assert "is being made" in english.get("/account/data/").content.decode()
    export = make_export(DataExport.objects.get().pk, by=None, now=DataExport.objects.get().asked_at)
    given = english.get(f"/account/data/copies/{export.pk}/")

    assert f'href="/account/data/copies/{export.pk}/"' in english.get("/account/data/").content.decode()
    assert given["Content-Disposition"].startswith("attachment") and "no-store" in given["Cache-Control"]
    assert ZipFile(BytesIO(given.content)).namelist() == ["data.json", "data.html"]


def test_a_value_is_shown_once_for_a_purpose_and_never_kept_in_an_address(english, make, person):
    officer, url = make.officer(), f"/personal-data/phone/{person.pk}/"
    english.force_login(officer)
    before = english.get(url)
    refused = english.post(url, {"purpose": "contact", "words": ""})
    shown = english.post(url, {"purpose": "contact", "words": "约定考察时间"})

    for answer in (before, refused):
        assert "138****5678" in answer.content.decode() and "13812345678" not in answer.content.decode()
    assert refused.status_code == 422
    assert "+8613812345678" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"] and "Location" not in shown
    assert "13812345678" not in english.get(url).content.decode()
    english.force_login(person)
    for page in ("/account/data/", "/account/data/looks/"):
        text = english.get(page).content.decode()
        assert officer.name in text and "约定考察时间" in text
    english.force_login(make.official(Role.AUDITOR))
    assert "约定考察时间" in english.get("/personal-data/").content.decode()


def test_a_wrong_purpose_is_refused_and_keeps_the_words(english, make, person):
    english.force_login(make.officer())

    answer = english.post(f"/personal-data/mail/{person.pk}/", {"purpose": "audit", "words": "随便看看"})

    assert answer.status_code == 422 and "随便看看" in answer.content.decode()
    assert not AccessToPersonalData.objects.exists()


def test_a_correction_is_asked_for_and_its_answer_is_read(english, make, person):
    english.force_login(person)
    english.post("/account/data/correct/", {"words": "我的任职日期有误。"})
    english.force_login(make.officer())
    listed = english.get("/personal-data/corrections/").content.decode()
    asked = Event.objects.get(kind="user.correction_asked")
    english.post(f"/personal-data/corrections/{asked.pk}/", {"words": "已更正为三月一日。"})
    english.force_login(person)

    page = english.get("/account/data/").content.decode()

    assert "我的任职日期有误。" in listed
    assert "已更正为三月一日。" in page


def test_colleagues_read_masked_contacts_and_the_api_too(english, make, person):
    organisation = person.memberships.get().organisation
    viewer = make.member(organisation, MemberRole.VIEWER)
    english.force_login(viewer)

    page = english.get(f"/organisations/{organisation.pk}/members/").content.decode()
    listed = english.get(f"/api/v1/organisations/{organisation.pk}/members/").json()["results"]

    assert "138****5678" in page and "13812345678" not in page and person.email not in page
    assert "/personal-data/mail/" not in page
    mails = {row["user"]["id"]: row["user"]["email"] for row in listed}
    assert (mails[str(person.pk)], mails[str(viewer.pk)]) == ("p***@example.org", viewer.email)


def test_the_page_costs_the_same_with_much_about_a_person(english, make, person, django_assert_max_num_queries):
    english.force_login(person)
    english.get("/account/data/")
    with django_assert_max_num_queries(60):
        english.get("/account/data/")
    for _each in range(20):
        make.correction(person)
    with django_assert_max_num_queries(60):
        english.get("/account/data/")
