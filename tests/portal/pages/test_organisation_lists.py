"""Every list about organisations costs the same for one row and for many."""

import pytest

from portal.actions.profiling import state_facts
from portal.actions.registering import register_organisation
from portal.clock import portal_now
from tests.counting import queries_of

pytestmark = pytest.mark.django_db


def branch(make, head, number: int) -> None:
    register_organisation(
        uscc=make.code(8000 + number), uscc_confirmed=False, name=f"分公司{number}", kind="enterprise", district_id=make.district().pk,
        legal_representative="李维", parent_uscc=head.uscc, by=make.person(), now=portal_now(),
    )  # fmt: skip


def figures(make, organisation, number: int) -> None:
    values = {"sales_fen": 10_000 * (number + 1), "website": f"https://jia.example/{number}"}
    by, now = make.administrator(organisation), portal_now()
    state_facts(organisation.pk, values={"sales_fen": values["sales_fen"]}, year=2020 + number, by=by, now=now)
    state_facts(organisation.pk, values={"website": values["website"]}, by=by, now=now)


ROWS = {
    "names/": [
        lambda make, one, number: make.alias(one, f"甲{number}"),
        lambda make, one, number: branch(make, one, number),
        lambda make, one, number: make.merge(make.organisation(), one),
    ],
    "profile/": [figures],
    "members/": [
        lambda make, one, number: make.member(one, "editor"),
        lambda make, one, number: make.invitation(one),
    ],
}


@pytest.mark.parametrize("part", ROWS)
def test_pages_of_an_organisation(make, client, part):
    organisation = make.organisation()
    client.force_login(make.administrator(organisation))
    url = f"/organisations/{organisation.pk}/{part}"
    for add in ROWS[part]:
        add(make, organisation, 0)
    one = queries_of(client, url)
    for number in (1, 2, 3):
        for add in ROWS[part]:
            add(make, organisation, number)

    assert queries_of(client, url) == one


def test_the_list_of_organisations_of_one_who_took_many_in(make, client):
    into = make.organisation()
    client.force_login(make.administrator(into))
    make.merge(make.organisation(), into)
    one = queries_of(client, "/organisations/")
    for _ in range(4):
        make.merge(make.organisation(), into)

    assert queries_of(client, "/organisations/") == one
    assert client.get("/organisations/").context["page"].paginator.count == 6
