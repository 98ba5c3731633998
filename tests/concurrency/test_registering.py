"""Two people enter the same code in one moment: one has it, the others a sentence that names it."""

import pytest

from portal.actions.registering import register_organisation
from portal.clock import portal_now
from portal.kernel.errors import Clash
from portal.models import Membership, Organisation
from tests.concurrency.test_deadline import together

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def test_eight_entries_of_one_code_leave_one_organisation_and_one_administrator(make):
    district, now = make.district(), portal_now()
    people = [make.person() for _ in range(THREADS)]

    def enter(person):
        return lambda: register_organisation(
            uscc="91340100MA0000000G", uscc_confirmed=False, name=f"甲公司（{person.name}）", kind="enterprise",
            district_id=district.pk, legal_representative="李维", by=person, now=now,
        )  # fmt: skip

    found = together(*(enter(person) for person in people))

    entered = Organisation.objects.get()
    refused = [each for each in found if isinstance(each, Clash)]
    assert len(refused) == THREADS - 1
    assert {(each.code, each.facts["name"]) for each in refused} == {("organisation_registered_already", entered.name)}
    assert Membership.objects.filter(organisation=entered).count() == 1
