"""The security log: everybody reads about themselves, those who watch read all, nobody pays for its length."""

import pytest

from portal.actions.exporting import ask_export, make_export
from portal.actions.tokens import create_token
from portal.models import MemberRole, Role, SecurityEvent, SecurityKind
from portal.queries.own_data import SOURCES
from portal.security_log import note
from tests.counting import queries_of

pytestmark = pytest.mark.django_db
IN_ENGLISH = {"accept-language": "en"}


def test_a_sign_in_and_a_failed_one_are_noted_without_what_was_typed(client, make):
    person = make.person()
    client.force_login(person)
    client.logout()
    client.login(email=person.email, password="a wrong password")

    lines = SecurityEvent.objects.order_by("id").values_list("kind", "person_id")
    assert list(lines) == [
        (SecurityKind.SIGNED_IN, person.pk), (SecurityKind.SIGNED_OUT, person.pk), (SecurityKind.SIGN_IN_FAILED, person.pk),
    ]  # fmt: skip
    assert person.email not in str(list(SecurityEvent.objects.values()))
    assert "wrong password" not in str(list(SecurityEvent.objects.values()))


def test_a_person_reads_only_their_own_lines(client, make):
    me, somebody = make.person("Me Myself"), make.person("Somebody Else")
    note(SecurityKind.LOCKED_OUT, person=somebody)
    client.force_login(me)

    shown = client.get("/security/", headers=IN_ENGLISH)

    assert [line.person for line, *_look in shown.context["lines"]] == [me]
    assert "Somebody Else" not in shown.text


def test_discipline_reads_everybodys_lines_and_filters_by_kind(client, make):
    somebody = make.person("Somebody Else")
    note(SecurityKind.LOCKED_OUT, person=somebody)
    client.force_login(make.official(Role.DISCIPLINE))

    shown = client.get("/security/", {"kind": "locked_out"}, headers=IN_ENGLISH)

    assert [(line.kind, line.person) for line, *_look in shown.context["lines"]] == [("locked_out", somebody)]
    assert client.get("/security/", {"kind": "no such", "before": "x"}).status_code == 200


def test_the_log_goes_on_page_by_page_and_costs_the_same_at_any_length(client, make):
    client.force_login(make.official(Role.AUDITOR))
    few = queries_of(client, "/security/")
    for _number in range(120):
        note(SecurityKind.SIGN_IN_FAILED)
    many = queries_of(client, "/security/")
    first = client.get("/security/")
    second = client.get("/security/", {"before": first.context["older"]})
    third = client.get("/security/", {"before": second.context["older"]})

    assert few == many
    assert [len(page.context["lines"]) for page in (first, second, third)] == [50, 50, 21]
    assert third.context["older"] is None


def test_looks_and_copies_say_from_where(client, make, clock):
    officer, member = make.officer(), make.member(make.organisation("甲公司"), MemberRole.EDITOR)
    export = make_export(ask_export(by=officer, now=clock.now()).pk, by=None, now=clock.now())
    client.force_login(officer)
    come = {"REMOTE_ADDR": "203.0.113.7", "HTTP_USER_AGENT": "Firefox"}

    looked = client.post(f"/personal-data/mail/{member.pk}/", {"purpose": "contact", "words": "约定现场考察"}, **come)
    taken = client.get(f"/account/data/copies/{export.pk}/", **come)
    secret = create_token(by=officer, name="desk", days=30, now=clock.now(), proved_twice=True)[1]
    asked = {"what": "mail", "id": str(member.pk), "purpose": "contact", "words": "约定"}
    by_program = client.post(
        "/api/v1/personal-data/looks/", asked, content_type="application/json", REMOTE_ADDR="203.0.113.9",
        headers={"authorization": f"Bearer {secret}"},
    )  # fmt: skip

    assert (looked.status_code, taken.status_code, by_program.status_code) == (200, 200, 200)
    lines = SecurityEvent.objects.filter(kind__in=["data_shown", "data_exported"]).order_by("id")
    assert list(lines.values_list("kind", "person", "address", "agent")) == [
        ("data_shown", officer.pk, "203.0.113.7", "Firefox"),
        ("data_exported", officer.pk, "203.0.113.7", "Firefox"),
        ("data_shown", officer.pk, "203.0.113.9", ""),
    ]


def test_a_line_of_a_job_has_no_address_and_the_next_request_none_of_another(client, make):
    client.get("/security/", REMOTE_ADDR="203.0.113.7")

    assert note(SecurityKind.VIEW_ENDED, person=make.person()).address is None


def test_nobody_reads_the_address_of_an_official_who_signed_them_out(client, make):
    person, head = make.person(), make.official(Role.DIVISION_HEAD)
    client.force_login(head)
    client.post(f"/accounts/{person.pk}/sign-out", {"out-why": "离岗。"}, REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Firefox")
    line = SecurityEvent.objects.get(kind="session_ended")
    client.force_login(make.official(Role.DISCIPLINE))
    watched = client.get("/security/", headers=IN_ENGLISH).text
    type(person).objects.filter(pk=person.pk).update(signed_out_at=None)
    client.force_login(person)
    own = client.get("/security/", headers=IN_ENGLISH).text
    source = SOURCES["portal.SecurityEvent.address"]
    copied = [entry for entry in map(source.read, source.rows({person.pk})) if entry["kind"] == "session_ended"]

    assert (line.person, line.address, line.facts["by"]) == (person, "203.0.113.7", str(head.pk))
    assert "203.0.113.7" in watched
    assert "Session ended by somebody else" in own and "203.0.113.7" not in own and "Firefox" not in own
    assert [(entry["address"], entry["program"]) for entry in copied] == [(None, "")]
