"""Ties between organisations and people, found in both directions, and what they mean for a bid and an expert."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from challenges.actions import finding, qualifying
from challenges.models import AffiliationFinding
from challenges.queries.drawing import pool_for
from challenges.queries.ties import ties_of
from challenges.states import BidState
from portal.actions import affiliations, employments
from portal.actions.affiliations import Side
from portal.clock import china_date, portal_now
from portal.kernel.errors import Refused
from portal.queries.affiliations import affiliations_between

pytestmark = pytest.mark.django_db

LONG_AGO = date(2020, 1, 1)
SOURCE = {"from_on": LONG_AGO, "source": "register", "source_on": LONG_AGO}


def tie(make, organisation, other, kind="share", **more):
    side = other if isinstance(other, Side) else Side(organisation_id=other.pk)
    given = {**SOURCE, "by": make.case_officer(), "now": portal_now(), **more}
    return affiliations.enter_affiliation(organisation.pk, kind=kind, other=side, **given)


def kinds(a, b, on=None):
    return [[str(link.kind) for link in path] for path in affiliations_between(a.pk, b.pk, on or china_date(portal_now()))]


def test_a_share_is_found_in_both_directions(make):
    one, two = make.organisation(), make.organisation()
    tie(make, one, two, percent=Decimal(12), holds=True)

    assert kinds(one, two) == kinds(two, one) == [["share"]]


def test_one_person_in_two_offices_ties_two_firms(make):
    one, two = make.organisation(), make.organisation()
    row = tie(make, one, Side(name="王五"), "officer", post="director")
    tie(make, two, Side(outsider_id=row.holder_outsider_id), "officer", post="supervisor")

    assert kinds(one, two) == [["officer", "officer"]]


def test_kin_of_two_officers_ties_two_firms(make):
    one, two = make.organisation(), make.organisation()
    first = tie(make, one, Side(name="王五"), "officer", post="director").holder_outsider
    second = tie(make, two, Side(name="赵六"), "officer", post="director").holder_outsider
    affiliations.enter_kin(first.pk, other=Side(outsider_id=second.pk), **SOURCE, by=make.case_officer(), now=portal_now())

    assert kinds(one, two) == kinds(two, one) == [["officer", "kin", "officer"]]


def test_a_tie_that_ended_counts_no_longer_an_office_for_three_years_more(make):
    one, two = make.organisation(), make.organisation()
    share = tie(make, one, two, percent=Decimal(30))
    today = china_date(portal_now())
    affiliations.end_affiliation(share.pk, until_on=today, by=make.case_officer(), now=portal_now())

    assert kinds(one, two, today) == [["share"]]
    assert kinds(one, two, today + timedelta(days=1)) == []


def test_a_withdrawn_tie_counts_for_nothing(make):
    one, two = make.organisation(), make.organisation()
    share = tie(make, one, two, percent=Decimal(30))

    affiliations.withdraw_affiliation(share.pk, why="录错单位。", by=make.case_officer(), now=portal_now())

    assert kinds(one, two) == []


def test_an_open_flag_stops_a_bid_until_a_person_decides(make, clock):
    bid = make.opened_bids(clock, count=1)[0]
    tie(make, bid.challenge.poster, bid.lead, percent=Decimal(12), holds=True)
    officer = make.case_officer()

    with pytest.raises(Refused) as refusal:
        qualifying.qualify_bid(bid.pk, by=officer, now=portal_now())
    assert refusal.value.code == "affiliation_undecided"
    tied = ties_of(bid, china_date(portal_now()))[0]
    finding.decide_affiliation(
        bid.pk, bid.lead_id, digest=tied.digest, decision="allowed", why="财务投资，无影响力。", by=officer, now=portal_now()
    )

    assert qualifying.qualify_bid(bid.pk, by=officer, now=portal_now()).state == BidState.QUALIFIED


def test_a_decision_against_disqualifies_with_the_sentence(make, clock):
    bid = make.opened_bids(clock, count=1)[0]
    tie(make, bid.challenge.poster, bid.lead, percent=Decimal(12), holds=True)
    tied = ties_of(bid, china_date(portal_now()))[0]

    finding.decide_affiliation(
        bid.pk, bid.lead_id, digest=tied.digest, decision="blocked", why="存在关联关系。", by=make.case_officer(), now=portal_now()
    )

    bid.refresh_from_db()
    assert bid.state == BidState.DISQUALIFIED
    assert "12" in bid.qualifications.get().reason
    assert AffiliationFinding.objects.get().path[0][0]["percent"] == "12"


@pytest.mark.parametrize(("percent", "code"), [("4.99", ""), ("5", "affiliation_undecided"), ("25", "affiliation_excludes")])
def test_the_thresholds_are_those_of_the_rules(make, clock, percent, code):
    bid = make.opened_bids(clock, count=1)[0]
    tie(make, bid.lead, bid.challenge.poster, percent=Decimal(percent))

    try:
        qualifying.qualify_bid(bid.pk, by=make.case_officer(), now=portal_now())
        got = ""
    except Refused as refusal:
        got = refusal.code

    assert got == code


def test_an_expert_who_worked_for_a_party_or_holds_an_office_there_is_in_conflict(make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    worked, officer, free = make.expert(), make.expert(), make.expert()
    today = china_date(portal_now())
    employments.enter_employment(
        worked.pk, organisation_id=bid.lead_id, from_on=LONG_AGO, until_on=today, by=worked, now=portal_now()
    )
    tie(make, bid.lead, Side(name=officer.name, email=officer.email), "officer", post="director")
    panel = make.panel(clock, [bid])

    pool = {person.expert.pk: person.free for person in pool_for(panel, on=today)}

    assert (pool[worked.pk], pool[officer.pk], pool[free.pk]) == (False, False, True)
