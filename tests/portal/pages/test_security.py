"""The security log: everybody reads about themselves, those who watch read all, nobody pays for its length."""

import pytest

from portal.models import Role, SecurityEvent, SecurityKind
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
