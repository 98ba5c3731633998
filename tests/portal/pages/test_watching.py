"""All delegations and looks of support, as those read them who watch over roles."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from portal.actions.delegating import end_delegation
from portal.clock import portal_now
from portal.models import Role, SupportView, User
from tests.counting import queries_of

pytestmark = pytest.mark.django_db

LISTS = ("all-delegations", "all-support-views")
COPIES = """
    INSERT INTO portal_delegation (id, principal_id, delegate_id, grant_id, starts_on, ends_on, reason, state, offered_at)
    SELECT gen_random_uuid(), principal_id, delegate_id, grant_id, starts_on + n, starts_on + n, reason, 'offered', offered_at
    FROM portal_delegation, generate_series(10, 58) n
"""


def entered(person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    return client


@pytest.fixture
def ended(make):
    """A delegation that was taken back."""
    officer, head = make.officer(), make.division_head()
    return end_delegation(make.delegation(officer, head).pk, by=officer, now=portal_now())


def test_an_auditor_reads_who_lent_what_to_whom_and_when_it_ended(make, ended):
    client = entered(make.official(Role.AUDITOR))

    page = client.get(reverse("all-delegations")).content.decode()
    [row] = client.get(reverse("api-all-delegations")).json()["results"]

    assert reverse("all-delegations") in client.get(reverse("officials")).content.decode()
    for words in (ended.principal.name, ended.delegate.name, str(ended.power)):
        assert words in page
    assert "休假" not in page and "reason" not in row
    assert (row["principal"], row["delegate"], row["power"], row["state"], row["ended_by"]) == (
        ended.principal.name, ended.delegate.name, str(ended.power), "ended", ended.principal.name,
    )  # fmt: skip


def test_an_auditor_reads_who_looked_at_whose_pages_and_why(make):
    view = make.look(make.supporter(), make.person())
    client = entered(make.official(Role.AUDITOR))

    page = client.get(reverse("all-support-views")).content.decode()
    [row] = client.get(reverse("api-all-support-views")).json()["results"]

    assert view.supporter.name in page and view.person.name in page and view.reason in page
    assert (row["supporter"], row["person"], row["reason"], row["state"]) == (
        view.supporter.name, view.person.name, view.reason, "open",
    )  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_only_who_watches_over_every_programme_reads_them(make, ended, name):
    one_programme = make.official_of(make.call().rules.programme, Role.DIVISION_HEAD)

    assert [entered(make.official(role)).get(reverse(name)).status_code for role in (Role.DIVISION_HEAD, Role.DISCIPLINE)] == [200, 200]
    assert [entered(person).get(reverse(name)).status_code for person in (make.officer(), one_programme, make.person())] == [403] * 3
    assert Client().get(reverse(name)).status_code == 302


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_with_one_and_with_fifty_rows(make, ended, name):
    supporter = make.asked_view(make.supporter(), make.person()).supporter
    client = entered(make.official(Role.AUDITOR))
    one = queries_of(client, reverse(name))

    with connection.cursor() as cursor:
        cursor.execute(COPIES)
    people = User.objects.bulk_create(User(email=f"copy{number}@test.example", name=f"李{number}") for number in range(49))
    SupportView.objects.bulk_create(
        SupportView(supporter=supporter, person=person, reason="页面打不开。", asked_at=portal_now()) for person in people
    )

    assert queries_of(client, reverse(name)) == one
