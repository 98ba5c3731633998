"""What organisations declare of people, on the pages and by the API: the answer, the decision, and what nobody else is told."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from challenges.queries.todo import todo_of
from portal.actions import affiliations, declared_ties
from portal.actions.affiliations import Side
from portal.clock import portal_now
from portal.models import Affiliation, Employment, MemberRole, TieQuestion
from tests.counting import queries_of
from tests.making.people import PICTURE

pytestmark = pytest.mark.django_db
LONG_AGO = "2020-01-01"
TYPED = {"kind": "officer", "post": "director", "from_on": LONG_AGO, "source": "register", "source_on": LONG_AGO, "holds": "held", "is_person": "on"}
FIELD = {"name": "张三", "kind": "officer", "post": "director", "from_on": LONG_AGO, "source": "register", "source_on": LONG_AGO}


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def declare(make, organisation, email, name="张三"):
    day = date(2020, 1, 1)
    return affiliations.enter_affiliation(
        organisation.pk, kind="officer", post="director", other=Side(name=name, email=email), from_on=day, source="register",
        source_on=day, by=make.administrator(organisation), now=portal_now(),
    )  # fmt: skip


def plain(answer, *ids):
    """A page without what differs from row to row: ids, tokens, the clock, and what is given."""
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|value=\"[A-Za-z0-9]{64}\"|<time.*?</time>", "", answer.content.decode())
    for each in ids:
        text = text.replace(each, "")
    return text


def test_an_organisation_cannot_tell_whether_there_is_an_account(make, english):
    expert, pages, listed = make.expert(), [], []
    for email in (expert.email, "nobody@example.invalid"):
        firm = make.organisation("同名单位")
        signed_in = make.administrator(firm)
        english.force_login(signed_in)
        url, api = f"/organisations/{firm.pk}/affiliations/", f"/api/v1/organisations/{firm.pk}/affiliations/"
        refused = english.post(url, {**TYPED, "name": "", "email": email})
        entered = english.post(url, {**TYPED, "name": "张三", "email": email}, follow=True)
        by_api = english.post(api, {**FIELD, "email": email}, content_type="application/json")
        pages.append([plain(each, email, firm.uscc, signed_in.name, signed_in.email) for each in (refused, entered)])
        listed.append([each | {"id": ""} for each in (by_api.json(), *english.get(api).json()["results"])])

    assert pages[0] == pages[1]
    assert listed[0] == listed[1]
    assert TieQuestion.objects.filter(person=expert).count() == 2


def test_a_person_answers_on_their_page_once(make, english):
    expert, firm = make.expert(), make.organisation("甲公司")
    question = TieQuestion.objects.get(affiliation=declare(make, firm, expert.email))
    english.force_login(expert)

    assert "甲公司" in english.get("/account/affiliations/").content.decode()
    assert any(each.url == f"/account/affiliations/{question.pk}/" for each in todo_of(expert, portal_now()))
    page = f"/account/affiliations/{question.pk}/"
    assert english.post(page, {"is_so": "no", "words": ""}).status_code == 422
    assert english.post(page, {"is_so": "maybe"}).status_code == 422
    assert english.post(page, {"is_so": "no", "words": "从未任职。"}).status_code == 302
    assert english.post(page, {"is_so": "yes"}).status_code == 409
    question.refresh_from_db()
    assert (question.state, question.answer) == ("denied", "从未任职。")
    for other in (make.expert(), make.administrator(firm), make.case_officer()):
        english.force_login(other)
        assert english.get(page).status_code == 404


def test_an_officer_settles_and_the_organisation_reads_nothing_of_it(make, english):
    expert, firm, officer = make.expert(), make.organisation("甲公司"), make.case_officer()
    question = TieQuestion.objects.get(affiliation=declare(make, firm, expert.email))
    page = f"/declared-affiliations/{question.pk}/"
    english.force_login(make.administrator(firm))
    before = plain(english.get(f"/organisations/{firm.pk}/affiliations/"))
    for other in (make.administrator(firm), make.reviewer(firm), make.draw_clerk(), expert):
        english.force_login(other)
        assert (english.get(page).status_code, english.get("/declared-affiliations/").status_code) == (404, 404)
    english.force_login(officer)
    assert any(each.url == page for each in todo_of(officer, portal_now()))
    assert "甲公司" in english.get("/declared-affiliations/").content.decode()
    assert english.post(page, {"is_so": "yes", "why": "属实。"}).status_code == 422
    given = {"is_so": "yes", "why": "属实。", "source": "document", "source_on": LONG_AGO, "document": SimpleUploadedFile("章程.png", PICTURE)}
    assert english.post(page, given).status_code == 302
    assert english.get(f"{page}document").status_code == 200
    assert english.post(page, {"is_so": "no", "why": "不属实。"}).status_code == 409
    english.force_login(make.administrator(firm))

    assert plain(english.get(f"/organisations/{firm.pk}/affiliations/")) == before


def test_the_api_answers_and_settles(make, client):
    expert, firm, officer = make.expert(), make.organisation("甲公司"), make.case_officer()
    question = TieQuestion.objects.get(affiliation=declare(make, firm, expert.email))
    client.force_login(expert)
    assert [each["organisation"] for each in client.get("/api/v1/own-ties/").json()["results"]] == ["甲公司"]
    answer = f"/api/v1/own-ties/{question.pk}/answer/"
    assert client.post(answer, {"is_so": False}, content_type="application/json").json()["code"] == "words_missing"
    denied = client.post(answer, {"is_so": False, "words": "从未任职。"}, content_type="application/json")
    assert (denied.status_code, denied.json()["state"]) == (200, "denied")
    assert client.get("/api/v1/declared-ties/").status_code == 404
    client.force_login(officer)
    (waiting,) = client.get("/api/v1/declared-ties/").json()["results"]
    assert (waiting["named"], waiting["answer"], waiting["person_id"]) == ("张三", "从未任职。", str(expert.pk))
    decision = f"/api/v1/declared-ties/{question.pk}/decision/"
    form = {"is_so": "true", "why": "属实。", "source": "document", "source_on": LONG_AGO, "document": SimpleUploadedFile("章程.png", PICTURE)}
    settled = client.post(decision, form)

    assert (settled.status_code, settled.json()["state"]) == (200, "confirmed")
    assert client.post(decision, {"is_so": False, "why": "x"}, content_type="application/json").status_code == 409


def test_ties_kin_and_employments_take_a_document_by_the_api(make, client):
    firm, officer, expert = make.organisation(), make.case_officer(), make.expert()
    client.force_login(officer)
    url = f"/api/v1/organisations/{firm.pk}/affiliations/"
    proved = {**FIELD, "source": "document"}
    assert client.post(url, proved, content_type="application/json").json()["code"] == "document_missing"
    tie = client.post(url, {**proved, "document": SimpleUploadedFile("章程.png", PICTURE)})
    assert tie.status_code == 201
    kin = {"name": "王小五", "from_on": LONG_AGO, "source": "document", "source_on": LONG_AGO}
    assert client.post(f"{url}{tie.json()['id']}/kin/", kin, content_type="application/json").json()["code"] == "document_missing"
    entered = client.post(f"{url}{tie.json()['id']}/kin/", {**kin, "document": SimpleUploadedFile("户口簿.png", PICTURE)})
    assert (entered.status_code, entered.json()["kind"]) == (201, "kin")
    assert client.post(f"{url}{entered.json()['id']}/kin/", {**kin, "source": "human"}).status_code == 404
    assert client.post(url, {**proved, "document": SimpleUploadedFile("a.exe", b"MZ")}).status_code == 422
    worked = {"employer": "某公司", "from_on": LONG_AGO, "source": "document", "source_on": LONG_AGO}
    at = f"/api/v1/experts/{expert.pk}/employments/"
    assert client.post(at, worked, content_type="application/json").json()["code"] == "document_missing"
    assert client.post(at, {**worked, "document": SimpleUploadedFile("社保.png", PICTURE)}).status_code == 201
    client.force_login(expert)
    own = {"employer": "另一公司", "from_on": LONG_AGO, "document": SimpleUploadedFile("合同.png", PICTURE)}
    assert client.post("/api/v1/employments/", own).status_code == 201

    assert [row.document.name for row in Affiliation.objects.order_by("entered_at", "kind")] == ["章程.png", "户口簿.png"]
    assert sorted(row.document.name for row in Employment.objects.all()) == ["合同.png", "社保.png"]


def test_the_draw_page_says_that_ties_wait_and_the_panel_what_stands_before_the_lock(make, clock, english):
    bid = make.qualified_bids(clock, count=1)[0]
    panel, expert = make.panel(clock, [bid]), make.expert()
    declare(make, bid.lead, expert.email)
    english.force_login(make.draw_clerk())

    page = english.post(f"/panels/{panel.pk}/experts/", {"experts": [str(make.expert().pk)]})
    assert page.status_code == 422
    assert "The draw has to wait." in english.get(f"/panels/{panel.pk}/experts/").content.decode()
    english.force_login(make.case_officer())
    assert "is settled" in english.get(f"/panels/{panel.pk}/").content.decode()


def test_the_lists_cost_the_same_for_one_row_and_for_many(make, client):
    expert, officer, firm = make.expert(), make.case_officer(), make.organisation()
    viewer, urls = make.member(firm, MemberRole.VIEWER), {}
    urls[expert] = ["/account/affiliations/", "/api/v1/own-ties/"]
    urls[officer] = ["/declared-affiliations/", "/api/v1/declared-ties/", f"/organisations/{firm.pk}/affiliations/"]
    urls[viewer] = [f"/organisations/{firm.pk}/affiliations/", f"/api/v1/organisations/{firm.pk}/affiliations/"]

    def costs():
        found = {}
        for person, pages in urls.items():
            client.force_login(person)
            for url in pages:
                client.get(url)
                found[person.pk, url] = queries_of(client, url)
        return found

    declare(make, firm, expert.email)
    for _each in range(2):
        settled = TieQuestion.objects.get(affiliation=declare(make, firm, make.person().email))
        declared_ties.settle_tie(settled.pk, is_so=False, why="不属实。", by=officer, now=portal_now())
    few = costs()
    for _each in range(7):
        declare(make, firm, expert.email)
        settled = TieQuestion.objects.get(affiliation=declare(make, firm, make.person().email))
        declared_ties.settle_tie(settled.pk, is_so=False, why="不属实。", by=officer, now=portal_now())

    assert costs() == few
