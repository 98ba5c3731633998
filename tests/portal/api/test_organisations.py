"""Profiles, corrections, changes, names, merges, letters and merged accounts by the API."""

from base64 import b64encode

import pytest

from portal.models import FactSource, Organisation
from portal.queries.same_organisation import whole_of
from portal.states import MergeState, OrganisationChangeState, OrganisationState, ReplacementState
from tests.counting import queries_of
from tests.making.organisations import PAPER

pytestmark = pytest.mark.django_db
FILE = {"name": PAPER[0], "content": b64encode(PAPER[1]).decode()}


def post(client, url: str, sent: dict | None = None):
    return client.post(url, sent or {}, content_type="application/json")


@pytest.fixture
def firm(make, client):
    """An organisation whose administrator asks."""
    organisation = make.organisation("甲公司")
    client.force_login(make.administrator(organisation))
    return organisation, f"/api/v1/organisations/{organisation.pk}/"


def test_an_entry_is_marked_answered_item_by_item_and_verified(make, client):
    person, officer, head = make.person(), make.officer(), make.organisation("总部")
    client.force_login(person)
    sent = {
        "uscc": make.code(99), "name": "甲公司分公司", "kind": "enterprise", "district_id": str(make.district().pk),
        "legal_representative": "李维", "parent_uscc": head.uscc,
    }  # fmt: skip
    made = post(client, "/api/v1/organisations/", sent).json()
    url = f"/api/v1/organisations/{made['id']}/"
    client.force_login(officer)
    marks = {"legal_representative": "与执照不符。", "name": "请核对。"}
    returned = post(client, f"{url}return/", {"items": marks}).json()
    remarks = client.get(f"{url}remarks/").json()["results"]
    client.force_login(person)
    unasked = client.put(url, {**sent, "kind": "institute"}, content_type="application/json")
    corrected = client.put(
        url, {**sent, "legal_representative": "李伟", "answers": {"name": "与执照一致。"}}, content_type="application/json"
    )
    client.force_login(officer)
    verified = post(client, f"{url}verification/").json()
    history = client.get(f"{url}facts/legal_representative/history/").json()

    assert (made["parent_id"], returned["state"]) == (str(head.pk), OrganisationState.RETURNED)
    assert {row["item"]: row["answered_at"] for row in remarks} == dict.fromkeys(marks)
    assert (unasked.status_code, unasked.json()["code"]) == (422, "not_asked_to_correct")
    assert (corrected.status_code, corrected.json()["legal_representative"]) == (200, "李伟")
    assert verified["state"] == OrganisationState.VERIFIED
    assert [(row["value"], row["source"]) for row in history] == [("李伟", "bureau"), ("李伟", "organisation"), ("李维", "organisation")]
    assert [row["name"] for row in client.get(f"/api/v1/organisations/{head.pk}/branches/").json()["results"]] == ["甲公司分公司"]


def test_facts_are_stated_with_a_document_and_vouched_for(make, client, firm):
    _organisation, url = firm

    stated = post(client, f"{url}facts/", {"values": {"sales_fen": 312_400_000_00}, "year": 2025, "file": FILE}).json()
    again = post(client, f"{url}facts/", {"values": {"sales_fen": 312_400_000_00}, "year": 2025}).json()
    wrong = post(client, f"{url}facts/", {"values": {"website": "jia.example"}})
    client.force_login(make.officer())
    vouched = post(client, f"{url}facts/vouching/", {"item": "sales_fen", "year": 2025}).json()
    listed = {row["item"]: row for row in client.get(f"{url}facts/").json()}

    assert [(row["item"], row["value"], row["source"]) for row in stated] == [("sales_fen", 31240000000, FactSource.DOCUMENT)]
    assert again == []
    assert (wrong.status_code, wrong.json()["code"]) == (422, "fact_malformed")
    assert vouched["source"] == listed["sales_fen"]["source"] == FactSource.BUREAU
    assert listed["name"]["value"] == "甲公司"


def test_a_verified_name_changes_when_the_bureau_confirms_and_the_old_one_is_found(make, client, firm):
    organisation, url = firm

    asked = post(client, f"{url}changes/", {"item": "name", "new": "甲量子公司", "why": "更名。", "file": FILE}).json()
    own = post(client, f"{url}changes/{asked['id']}/confirmation/")
    client.force_login(make.officer())
    confirmed = post(client, f"{url}changes/{asked['id']}/confirmation/").json()
    twice = post(client, f"{url}changes/{asked['id']}/refusal/", {"why": "不符。"})
    names = client.get(f"{url}names/").json()["results"]

    assert own.status_code == 403
    assert confirmed["state"] == OrganisationChangeState.CONFIRMED
    assert (twice.status_code, twice.json()["code"]) == (409, "wrong_state")
    assert Organisation.objects.get(pk=organisation.pk).name == "甲量子公司"
    assert [(row["name"], row["kind"]) for row in names] == [("甲公司", "former")]


def test_another_name_is_entered_once_and_taken_out(client, firm):
    _organisation, url = firm

    made = post(client, f"{url}names/", {"name": "甲量子", "kind": "short"}).json()
    again = post(client, f"{url}names/", {"name": "甲量子", "kind": "short"})
    post(client, f"{url}names/{made['id']}/removal/")

    assert again.status_code == 409
    assert client.get(f"{url}names/").json()["results"] == []


def test_two_officers_merge_and_take_it_back(make, client):
    absorbed, into = make.organisation("甲"), make.organisation("乙")
    url = f"/api/v1/organisations/{absorbed.pk}/merges/"
    client.force_login(make.officer())
    asked = post(client, url, {"into": into.uscc, "from_on": "2020-01-01", "document_number": "7号", "file": FILE}).json()
    own = post(client, f"{url}{asked['id']}/confirmation/")
    client.force_login(make.officer())
    post(client, f"{url}{asked['id']}/confirmation/")
    whole = whole_of(absorbed.pk)
    ended = post(client, f"{url}{asked['id']}/end/", {"why": "登记撤销。"}).json()

    assert own.status_code == 403
    assert whole == {absorbed.pk, into.pk}
    assert ended["state"] == "ended"
    assert whole_of(absorbed.pk) == {absorbed.pk}
    assert len(client.get(f"/api/v1/organisations/{into.pk}/merges/").json()["results"]) == 1


def test_who_is_alike_is_found_before_it_is_entered_twice_and_joining_tells_nobody(make, client):
    known = make.organisation("合肥甲量子仪器股份有限公司")
    client.force_login(make.person())

    (found,) = client.get("/api/v1/organisations/alike/", {"name": "合肥甲量子仪器有限责任公司"}).json()
    joined = post(client, f"/api/v1/organisations/{known.pk}/join-requests/")
    again = post(client, f"/api/v1/organisations/{known.pk}/join-requests/")

    assert (found["id"], found["same_code"]) == (str(known.pk), False)
    assert (joined.status_code, set(joined.json())) == (201, {"id", "organisation_id", "asked_on"})
    assert (again.status_code, again.json()["code"]) == (409, "asked_today")


def test_a_letter_appoints_a_new_administrator_with_two_officers(make, client):
    organisation = make.organisation()
    first, second = make.officer(), make.officer()
    client.force_login(first)
    sent = {"email": "head@example.org", "why": "管理员离职。", "letter": FILE}
    letter = post(client, f"/api/v1/organisations/{organisation.pk}/letters/", sent).json()
    url = f"/api/v1/letters/{letter['id']}/"
    own = post(client, f"{url}confirmation/")
    client.force_login(second)
    scan = client.get(f"{url}file/")
    confirmed = post(client, f"{url}confirmation/").json()

    assert own.status_code == 403
    assert scan.content == PAPER[1]
    assert confirmed["state"] == ReplacementState.CONFIRMED
    assert client.get(f"/api/v1/organisations/{organisation.pk}/letters/").json()["count"] == 1


def test_an_account_is_merged_by_its_code_and_taken_back(make, client):
    kept, alias = make.person(), make.administrator(make.organisation())
    client.force_login(kept)
    asked = post(client, "/api/v1/account/merges/", {"email": alias.email}).json()
    unknown = post(client, "/api/v1/account/merges/", {"email": "nobody@example.org"}).json()
    url = f"/api/v1/account/merges/{asked['id']}/"
    gone = post(client, url, {"code": "00000000"})
    asked = post(client, "/api/v1/account/merges/", {"email": alias.email}).json()
    code = make.code_of(kept.merges.get(pk=asked["id"]))
    merged = post(client, f"/api/v1/account/merges/{asked['id']}/", {"code": code}).json()
    client.force_login(make.officer())
    (listed,) = client.get("/api/v1/merges/").json()["results"]
    undone = post(client, f"/api/v1/merges/{listed['id']}/undo/", {"why": "误并。"}).json()

    assert {name: asked[name] is None for name in asked} == {name: unknown[name] is None for name in unknown}
    assert gone.status_code == 409
    assert merged["state"] == MergeState.MERGED
    assert alias.email not in str(listed)
    assert undone["state"] == MergeState.UNDONE


@pytest.mark.parametrize("part", ["names", "changes", "remarks", "branches", "merges", "letters"])
def test_lists_cost_the_same_for_one_row_and_for_many(make, client, part):
    organisation, third = make.organisation(), make.organisation()
    client.force_login(make.officer())
    url = f"/api/v1/organisations/{organisation.pk}/{part}/"
    rows = {
        "names": lambda each: make.alias(organisation, f"甲{each}"),
        "changes": lambda each: make.change(organisation, item=("name", "address", "legal_representative")[each]),
        "remarks": lambda each: organisation.remarks.create(
            item=("name", "address", "kind")[each], remark="错", made_by=third.created_by, made_at=third.created_at
        ),
        "branches": lambda each: Organisation.objects.create(
            uscc=make.code(7000 + each), name=f"分{each}", kind="enterprise", district=make.district(), parent=organisation,
            legal_representative="李", created_at=third.created_at, created_by=third.created_by,
        ),
        "merges": lambda each: make.merge(make.organisation(), organisation),
        "letters": lambda each: make.replacement(organisation) if each == 0 else None,
    }[part]  # fmt: skip
    rows(0)
    one = queries_of(client, url)
    rows(1)
    rows(2)

    assert queries_of(client, url) == one
