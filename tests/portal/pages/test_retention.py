"""Pages and operations of what is forgotten and destroyed."""

import pytest

from portal.actions import retaining
from portal.clock import portal_now
from portal.models import Erasure, Role, TextDestruction, User
from portal.record import record

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def read(client, path: str) -> str:
    answer = client.get(path, headers=ENGLISH)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_person_asks_and_an_official_forgets_them(client, make):
    person, head = make.person("周岚"), make.official(Role.DIVISION_HEAD)
    client.force_login(person)
    assert "Nothing is open" in read(client, "/account/erasure/")
    client.post("/account/erasure/")
    assert "Withdraw the request" in read(client, "/account/erasure/")
    erasure = Erasure.objects.get()

    client.force_login(head)
    assert "周岚" in read(client, "/erasures/")
    assert "Delete the account" in read(client, f"/erasures/{erasure.pk}/")
    client.post(f"/erasures/{erasure.pk}/carry-out")
    shown = read(client, f"/erasures/{erasure.pk}/")

    assert "周岚" not in shown and "(former user)" in shown
    assert User.objects.get(pk=person.pk).erased_at is not None
    client.force_login(User.objects.get(pk=person.pk))
    assert client.get("/account/", headers=ENGLISH).status_code == 302


def test_what_is_open_stands_there_with_the_way_out(client, make):
    firm = make.organisation()
    boss, head = make.administrator(firm), make.official(Role.DIVISION_HEAD)
    client.force_login(boss)
    client.post("/account/erasure/")
    mine = read(client, "/account/erasure/")
    erasure = Erasure.objects.get()

    assert f'href="/organisations/{firm.pk}/members/"' in mine and firm.name in mine
    client.force_login(head)
    assert "something above is open" in read(client, f"/erasures/{erasure.pk}/")
    refused = client.post(f"/erasures/{erasure.pk}/carry-out", headers=ENGLISH)
    assert refused.status_code == 422 and firm.name in refused.content.decode()
    client.post(f"/erasures/{erasure.pk}/decline", {"why": "请先移交管理员。"})
    client.force_login(boss)
    assert "请先移交管理员。" in read(client, "/account/erasure/")


def test_words_are_found_proposed_and_destroyed(client, make):
    event = record("organisation.noted", make.organisation(), by=make.officer(), why="误写的秘密")
    one, two = make.official(Role.DIVISION_HEAD), make.official(Role.DISCIPLINE)
    client.force_login(one)
    assert f"/record/words/{event.pk}/" in read(client, f"/record/words/?about=http://x/{event.subject_id}/")
    assert "误写的秘密" in read(client, f"/record/words/{event.pk}/")
    client.post(f"/record/words/{event.pk}/", {"why": "含有秘密。"})
    destruction = TextDestruction.objects.get()
    assert "You have asked for it yourself" in read(client, f"/record/words/{event.pk}/")

    client.force_login(two)
    assert "organisation.noted" in read(client, "/record/words/")
    client.post(f"/record/words/proposals/{destruction.pk}/destroy")

    shown = read(client, f"/record/words/{event.pk}/")
    assert "误写的秘密" not in shown and "These words are destroyed." in shown


def test_the_page_of_retention_times_shows_the_last_run(client, make):
    client.force_login(make.officer())
    before = read(client, "/retention/")
    assert "365 days" in before and before.count("–") >= 2 * len(retaining.RULES)
    retaining.apply_retention(now=portal_now())

    after = read(client, "/retention/")
    assert before.count("–") - after.count("–") == 2 * len(retaining.RULES)


def test_the_record_of_a_case_leads_there(client, make):
    firm = make.organisation()
    need = make.need("submitted", poster=firm)
    event = record("challenge.returned", need, by=make.official(Role.LEADER), why="误写的秘密")
    path = f"/record/words/{event.pk}/"
    client.force_login(make.official(Role.DISCIPLINE))
    assert path in read(client, f"/cases/{need.pk}/record/")

    client.force_login(make.case_officer())
    shown = read(client, f"/cases/{need.pk}/record/")

    assert "误写的秘密" in shown and path not in shown
