"""Two officers record the same look at one site in one moment: one row, and a sentence that names who was first."""

import pytest

from portal.actions.affiliations import Side, enter_affiliation
from portal.actions.standing import record_credit_check
from portal.clock import china_date, portal_now
from portal.kernel.errors import Clash, WrongState
from portal.models import Affiliation
from tests.concurrency.test_deadline import together
from tests.making.people import PICTURE

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def test_one_of_eight_looks_at_one_site_is_recorded(make):
    firm, now = make.organisation(verified=False), portal_now()
    make.credit_checks(make.organisation())
    officers = [make.officer() for _ in range(THREADS)]

    def look(officer):
        return lambda: record_credit_check(
            firm.pk, site="gsxt", checked_on=china_date(now), result="clean", screenshot=("a.png", PICTURE), by=officer, now=now
        )

    found = together(*(look(officer) for officer in officers))

    kept = firm.credit_checks.get()
    refused = [each for each in found if isinstance(each, Clash)]
    assert len(refused) == THREADS - 1
    assert {(each.code, each.facts["name"]) for each in refused} == {("check_recorded", kept.by.name)}


def test_one_of_eight_corrections_takes_the_place_of_a_tie(make):
    firm, now = make.organisation(), portal_now()
    given = {"kind": "share", "percent": 12, "from_on": china_date(now), "source": "register", "source_on": china_date(now)}
    wrong = enter_affiliation(firm.pk, **given, other=Side(name="某集团", is_person=False), by=make.officer(), now=now)
    officers = [make.officer() for _ in range(THREADS)]

    def correct(officer):
        other = Side(outsider_id=wrong.holder_outsider_id)
        return lambda: enter_affiliation(firm.pk, **{**given, "percent": 21}, other=other, corrects=wrong.pk, by=officer, now=now)

    found = together(*(correct(officer) for officer in officers))

    assert sum(isinstance(each, WrongState) for each in found) == THREADS - 1
    assert Affiliation.objects.get(withdrawn_at__isnull=True).corrects_id == wrong.pk
