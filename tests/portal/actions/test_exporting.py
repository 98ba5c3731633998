"""Copies of one's own data: made by a job, fetched by their owner alone, with nothing of others."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from portal import vault
from portal.actions.exporting import ask_export, make_export, take_export
from portal.actions.looking import look_at_personal_data
from portal.actions.naming_organisations import ask_to_join
from portal.kernel.errors import Clash, NotAllowed, NotFound
from portal.models import DataExport, Event, MemberRole, Message, OutboxJob, Role, SecurityEvent
from portal.personal_data import REGISTER
from portal.queries.own_data import SOURCES
from portal.record import record

pytestmark = pytest.mark.django_db
OTHERS = "他人的秘密-4711"


def read(export):
    """What a copy holds: for programs, and to read."""
    with ZipFile(BytesIO(vault.read(export.file))) as archive:
        assert archive.namelist() == ["data.json", "data.html"]
        return json.loads(archive.read("data.json")), archive.read("data.html").decode()


def held(copy, field):
    """The entries of one line of the register."""
    return next(part["entries"] for part in copy["parts"] if part["fields"][0] == field)


def test_a_copy_is_asked_for_made_and_fetched(make, clock):
    person = make.member(make.organisation("甲公司"), MemberRole.EDITOR)
    asked = ask_export(by=person, now=clock.now())
    assert list(OutboxJob.objects.filter(task="portal.make_data_export").values_list("arguments", flat=True)) == [[str(asked.pk)]]

    ready = make_export(asked.pk, by=None, now=clock.now())
    again = make_export(asked.pk, by=None, now=clock.now())
    file = take_export(asked.pk, by=person, now=clock.now())

    assert (ready.file, again.file, file.kind) == (file, file, "application/zip")
    assert ready.ends_at - ready.ready_at == timedelta(days=7)
    kinds = Event.objects.filter(subject_id=asked.pk).order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["data_export.asked", "data_export.ready", "data_export.taken"]
    assert list(Message.objects.values_list("kind", "to", "link")) == [("export_ready", person.pk, "/account/data/")]
    assert SecurityEvent.objects.get(kind="data_exported").person == person
    copy, html = read(ready)
    assert held(copy, "portal.User.email") == [{"email": person.email}]
    assert held(copy, "portal.Membership.role")[0]["organisation"] == "甲公司"
    assert person.email in html and "甲公司" in html


def test_a_copy_holds_nothing_of_others(make, clock):
    organisation = make.organisation("甲公司")
    person, other = make.administrator(organisation), make.person(name=OTHERS, email="other-4711@example.org", phone="+8613900004711")
    record("organisation.noted", organisation, by=other, why=OTHERS)
    record("bid.noted", organisation, by=person, why="密封的话-4711", sealed=True)
    record("organisation.noted", organisation, by=person, why="我自己的话")
    invited = make.invitation(organisation, email=other.email, by=person)
    ask_to_join(organisation.pk, by=other, now=clock.now())
    look_at_personal_data("invited", invited.pk, purpose="contact", words="联系-本人", by=person, now=clock.now())
    officer = make.officer()
    officer.name = "经办人4711"
    officer.save()
    look_at_personal_data("mail", person.pk, purpose="contact", words="约时间", by=officer, now=clock.now())

    copy, html = read(make.own_copy(person))

    text = json.dumps(copy, ensure_ascii=False)
    for body in (text, html):
        assert "4711" not in body
        assert "我自己的话" in body and "约时间" in body


def test_accounts_that_were_merged_are_one_person(make):
    kept, alias = make.person(), make.person()
    make.merged(kept, alias)

    copy, _html = read(make.own_copy(kept))

    assert {entry["email"] for entry in held(copy, "portal.User.email")} == {kept.email, alias.email}


def test_a_copy_is_fetched_by_its_owner_in_its_days(make, clock):
    person = make.person()
    export = make.own_copy(person)

    with pytest.raises(NotFound):
        take_export(export.pk, by=make.officer(), now=clock.now())
    person.seen_by = make.official(Role.SUPPORT)
    with pytest.raises(NotAllowed) as refusal:
        take_export(export.pk, by=person, now=clock.now())
    assert refusal.value.code == "in_person_only"
    with pytest.raises(NotAllowed):
        ask_export(by=person, now=clock.now())
    person.seen_by = None
    with pytest.raises(NotFound):
        take_export(export.pk, by=person, now=export.ends_at)
    assert not SecurityEvent.objects.filter(kind="data_exported").exists()


def test_one_copy_is_made_at_a_time(make, clock):
    person = make.person()
    ask_export(by=person, now=clock.now())

    with pytest.raises(Clash) as refusal:
        ask_export(by=person, now=clock.now())

    assert refusal.value.code == "export_waits"
    assert DataExport.objects.count() == 1


def test_the_city_sets_how_long_a_copy_is_kept(make):
    make.setting("export_days", 3)

    export = make.own_copy(make.person())

    assert export.ends_at - export.ready_at == timedelta(days=3)


def test_every_line_that_is_exported_says_where_its_values_lie():
    exported = {line.fields[0] for line in REGISTER if line.exported}

    assert exported - set(SOURCES) == set()
    assert set(SOURCES) - exported == set()
