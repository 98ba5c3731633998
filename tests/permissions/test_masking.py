"""No page, file or answer of the API carries a contact or an account in full to anybody but whom it belongs to."""

import logging
from collections.abc import Iterator

import pytest
from django.http import JsonResponse
from django.urls import path

from funding.models import BankAccount
from portal import urls
from portal.models import User
from tests.permissions.asking import ask, readable, signed_in
from tests.permissions.reading import ROLES, Block, read_file, read_table
from tests.permissions.situations import SITUATIONS, Situation

SEARCHED = ("people", "sent")
"""Where contacts and where accounts are shown."""
TAKEN = {"payment-list-file", "api-payment-list-file"}
"""The treasury's file carries whole accounts by its nature; taking it is written down."""


def first_address(request):
    """A leak: somebody's address in full."""
    return JsonResponse({"email": User.objects.order_by("pk").first().email})


urlpatterns = [*urls.urlpatterns, path("planted/", first_address, name="planted-address")]
handler404 = urls.handler404


@pytest.fixture
def situation_of(make, clock):
    """Builds a situation in which everybody has a mobile number."""

    def build(name: str) -> Situation:
        situation = Situation(make, clock)
        SITUATIONS[name](situation)
        for number, person in enumerate(User.objects.order_by("pk")):
            User.objects.filter(pk=person.pk).update(phone=f"+8613{number:09d}")
        return situation

    logging.disable(logging.ERROR)
    yield build
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SEARCHED)
def test_nobody_reads_the_contacts_and_accounts_of_others(name, situation_of):
    wrong = list(in_full(name, situation_of(name), [block for block in read_table() if name in block.rows]))

    assert not wrong, "\n".join(["", *wrong])


@pytest.mark.django_db
@pytest.mark.urls("tests.permissions.test_masking")
def test_a_planted_address_is_found(situation_of):
    planted = read_file("planted", "GET planted-address\n    people yes rest")

    wrong = list(in_full("people", situation_of("people"), planted))

    owners = [role for role in ROLES if not any(f" {role} " in line for line in wrong)]
    assert len(wrong) + len(owners) == len(ROLES) and len(owners) <= 1


def in_full(name: str, situation: Situation, blocks: list[Block]) -> Iterator[str]:
    """One line for each answer to somebody in which a value of somebody else stands in full."""
    secrets = {value: person.pk for person in User.objects.all() for value in (person.email, person.phone)}
    secrets |= {account.number: account.organisation_id for account in BankAccount.objects.all()}
    for role in ROLES:
        reader = situation.roles[role]
        client, own = signed_in(reader), owned_by(reader)
        for block in blocks:
            if block.method != "GET" or block.route in TAKEN:
                continue
            text = readable(ask(block, situation, client))
            found = sorted(value for value, owner in secrets.items() if owner not in own and value in text)
            if found:
                yield f"{block.place} {block.route} [{name}] {role} reads {', '.join(found)}"


def owned_by(reader: User | None) -> set:
    """Whose values somebody may read in full: their own, and the accounts of the organisations they administer."""
    if reader is None:
        return set()
    administered = reader.memberships.filter(role="administrator").values_list("organisation_id", flat=True)
    return {reader.pk, *administered}
