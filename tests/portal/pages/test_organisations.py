"""Pages of organisations: likely duplicates, profile, corrections, changes, names and merges."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from challenges.actions.drafting import start_need
from portal.actions.correcting import return_organisation
from portal.actions.profiling import state_facts
from portal.clock import portal_now
from portal.models import Message, Organisation, OrganisationMerge
from portal.queries.same_organisation import whole_of
from tests.counting import queries_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def english(client):
    client.cookies["django_language"] = "en"
    return client


def entry(make, **changed) -> dict:
    return {
        "uscc": make.code(950), "name": "合肥甲量子仪器有限责任公司", "kind": "enterprise", "district": make.district().pk,
        "legal_representative": "李维", **changed,
    }  # fmt: skip


def test_who_may_be_the_same_is_shown_first_and_the_entry_is_still_made(make, english):
    known = make.organisation("合肥甲量子仪器股份有限公司")
    person = make.person("新人")
    english.force_login(person)

    asked = english.post("/organisations/new/", entry(make))
    shown = asked.content.decode()
    before = Organisation.objects.count()
    joined = english.post(f"/organisations/{known.pk}/join")
    made = english.post("/organisations/new/", entry(make, none_of_these="yes"))

    assert asked.status_code == 200
    assert "Is it one of these?" in shown
    assert known.name in shown
    assert make.administrator(known).name not in shown
    assert 'value="合肥甲量子仪器有限责任公司"' in shown
    assert (joined.status_code, made.status_code) == (302, 302)
    assert Organisation.objects.count() == before + 1
    assert Message.objects.filter(kind="join_asked", to=make.administrator(known)).count() == 1


def test_a_profile_is_written_shown_with_its_source_and_vouched_for(make, english):
    organisation = make.organisation()
    english.force_login(make.administrator(organisation))
    page = f"/organisations/{organisation.pk}/profile/"

    written = english.post(f"{page}edit/?figures=1", {"year": "2025", "sales_fen": "31240", "rd_spend_fen": "2871"})
    english.post(f"{page}edit/", {"website": "https://jia.example", "contact_person": "林芳"})
    refused = english.post(f"{page}edit/", {"website": "jia.example"})
    shown = english.get(page).content.decode()
    english.force_login(make.officer())
    english.post(f"{page}vouch", {"item": "sales_fen", "year": "2025", "source": "bureau"})

    assert (written.status_code, refused.status_code) == (302, 422)
    assert "9.19 %" in shown
    assert "stated by the organisation" in shown
    assert "verified by the bureau" in english.get(page).content.decode()


def test_only_marked_items_are_asked_for_again_and_the_officer_sees_old_and_new(make, english):
    organisation = make.organisation(verified=False)
    officer, before = make.officer(), organisation.legal_representative
    english.force_login(officer)
    english.post(f"/organisations/{organisation.pk}/return", {"legal_representative": "与执照不符。"})
    english.force_login(make.administrator(organisation))

    form = english.get(f"/organisations/{organisation.pk}/correct/").content.decode()
    sent = english.post(f"/organisations/{organisation.pk}/correct/", {"legal_representative": "王强"})
    english.force_login(officer)
    shown = english.get(f"/organisations/{organisation.pk}/").content.decode()

    assert "与执照不符。" in form
    assert 'name="legal_representative"' in form
    assert 'name="name"' not in form
    assert sent.status_code == 302
    assert "Corrected since the last look" in shown
    assert before in shown
    assert "王强" in shown


def test_a_verified_name_is_asked_for_and_confirmed_on_the_page(make, english):
    organisation = make.organisation("甲仪器")
    english.force_login(make.administrator(organisation))

    asked = english.post(f"/organisations/{organisation.pk}/changes/new/name/", {"new": "甲量子仪器", "why": "更名"})
    waiting = english.get(f"/organisations/{organisation.pk}/").content.decode()
    english.force_login(make.officer())
    change = organisation.changes.get()
    english.post(f"/organisations/{organisation.pk}/changes/{change.pk}/decide", {"act": "confirm"})
    found = english.get("/organisations/", {"q": "甲仪器"}).content.decode()

    assert asked.status_code == 302
    assert "waiting for the bureau" in waiting.lower()
    assert "甲量子仪器" in found


def test_two_officers_merge_on_the_page_and_take_it_back(make, english):
    absorbed, into = make.organisation("甲"), make.organisation("乙")
    page = f"/organisations/{absorbed.pk}/"
    english.force_login(make.officer())
    terms = {"into": into.uscc, "from_on": "2020-01-01", "document_number": "7号"}

    english.post(f"{page}merges/propose", {**terms, "file": SimpleUploadedFile("决定.pdf", PDF)})
    merge = OrganisationMerge.objects.get()
    own = english.post(f"{page}merges/{merge.pk}/decide", {"act": "confirm"})
    english.force_login(make.officer())
    english.post(f"{page}merges/{merge.pk}/decide", {"act": "confirm"})
    whole = whole_of(absorbed.pk)
    names, file = english.get(f"{page}names/"), english.get(f"{page}files/{merge.file_id}/")
    english.post(f"{page}merges/{merge.pk}/decide", {"act": "end", "why": "登记撤销。"})

    assert own.status_code == 403
    assert whole == {absorbed.pk, into.pk}
    assert "counts as 乙" in names.content.decode()
    assert file.status_code == 200
    assert whole_of(absorbed.pk) == {absorbed.pk}


def test_a_need_takes_contact_and_figures_from_the_profile(make, english):
    call, poster = make.call(), make.organisation()
    by = make.administrator(poster)
    state_facts(poster.pk, values={"contact_person": "林芳", "contact_phone": "0551-1"}, by=by, now=portal_now())
    code = call.rules.classes.first().code

    need = start_need(call.pk, poster.pk, class_code=code, title="量子电流传感器", by=by, now=portal_now())
    english.force_login(by)
    page = english.get(f"/needs/{need.pk}/edit/").content.decode()

    assert need.contact == "林芳 · 0551-1"
    assert "From the profile" in page
    assert poster.uscc in page


def test_an_organisation_costs_the_same_with_one_remark_and_with_many(make, english):
    english.force_login(make.officer())
    one, many = make.organisation(verified=False), make.organisation(verified=False)
    return_organisation(one.pk, items={"name": "错"}, by=make.officer(), now=portal_now())
    return_organisation(
        many.pk, items=dict.fromkeys(("name", "address", "legal_representative"), "错"), by=make.officer(), now=portal_now()
    )

    assert queries_of(english, f"/organisations/{one.pk}/") == queries_of(english, f"/organisations/{many.pk}/")
