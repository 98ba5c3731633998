"""Ties between organisations and people, found in both directions, and what they mean for a bid and an expert."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from challenges.actions import finding, qualifying, reviewing
from challenges.models import AffiliationFinding
from challenges.queries.drawing import pool_for
from challenges.queries.ties import ties_of
from challenges.states import BidState
from portal.actions import affiliations, employments
from portal.actions.affiliations import Side
from portal.clock import china_date, portal_now
from portal.kernel.errors import Refused
from portal.queries.affiliations import affiliations_between
from tests.making.people import PICTURE

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
    first = tie(make, one, Side(name="王五"), "officer", post="director")
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


def test_the_people_of_a_firm_tied_to_a_party_stay_away(make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    of_holder, of_small, of_sister, of_poster_branch = (make.expert() for _each in range(4))
    tie(make, bid.lead, of_holder.expert.employer, percent=Decimal(12))
    tie(make, bid.lead, of_small.expert.employer, percent=Decimal("4.99"))
    row = tie(make, bid.lead, Side(name="王五"), "officer", post="director")
    tie(make, of_sister.expert.employer, Side(outsider_id=row.holder_outsider_id), "officer", post="supervisor")
    tie(make, of_poster_branch.expert.employer, bid.challenge.poster, "branch")
    panel = make.panel(clock, [bid])

    pool = {person.expert.pk: [each.code for each in person.conflicts] for person in pool_for(panel, on=china_date(portal_now()))}

    assert pool[of_holder.pk] == pool[of_sister.pk] == pool[of_poster_branch.pk] == ["employer_tied"]
    assert pool[of_small.pk] == []


def test_an_employment_counts_to_the_day_three_years_after_it_ended(make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    worked, panel = make.expert(), make.panel(clock, [bid])
    today = china_date(portal_now())
    last = today.replace(year=today.year - 3)
    entered = employments.enter_employment(
        worked.pk, organisation_id=bid.lead_id, from_on=LONG_AGO, until_on=last, by=worked, now=portal_now()
    )
    assert [not each.free for each in pool_for(panel, on=today, only=[worked.pk])] == [True]
    assert [each.free for each in pool_for(panel, on=today + timedelta(days=1), only=[worked.pk])] == [True]

    employments.enter_employment(
        worked.pk, organisation_id=bid.lead_id, from_on=LONG_AGO, until_on=last - timedelta(days=1), corrects=entered.pk,
        by=worked, now=portal_now(),
    )  # fmt: skip
    assert [each.free for each in pool_for(panel, on=today, only=[worked.pk])] == [True]


def test_a_conflict_entered_after_the_seat_was_taken_stops_the_scores(make, clock):
    panel = make.seated_panel(clock)
    seat = make.seats(panel)[0]
    candidate = panel.candidates.order_by("label").first()
    sheet = make.sheet(seat, candidate)
    lead = candidate.of_bid.bid.lead
    employments.enter_employment(
        seat.expert_id, organisation_id=lead.pk, from_on=LONG_AGO, until_on=china_date(portal_now()), by=seat.expert.user, now=portal_now()
    )

    with pytest.raises(Refused) as refusal:
        reviewing.submit_sheet(sheet.pk, by=seat.expert.user, now=portal_now())

    assert refusal.value.code == "seat_in_conflict"
    reviewing.recuse(seat.pk, why="曾在揭榜单位任职。", by=seat.expert.user, now=portal_now())


def test_a_wrong_tie_is_corrected_with_its_document(make):
    one, two = make.organisation(), make.organisation()
    wrong = tie(make, one, two, percent=Decimal(12))

    right = tie(make, one, two, percent=Decimal(21), source="document", document=("章程.png", PICTURE), corrects=wrong.pk)

    wrong.refresh_from_db()
    assert (right.corrects_id, wrong.withdrawn_at is not None, right.document.name) == (wrong.pk, True, "章程.png")
    assert [link.percent for (link,) in affiliations_between(one.pk, two.pk, china_date(portal_now()))] == [Decimal(21)]


def test_an_officer_enters_kin_and_an_experts_employment_on_their_pages(make, client):
    firm, officer, expert = make.organisation(), make.case_officer(), make.expert()
    row = tie(make, firm, Side(name="王五"), "officer", post="director")
    client.force_login(officer)
    kin = {"kin-tie": row.pk, "kin-name": "王小五", "kin-email": expert.email, "kin-from_on": "2020-01-01",
           "kin-source": "human", "kin-source_on": "2020-01-01"}  # fmt: skip
    assert client.post(f"/organisations/{firm.pk}/affiliations/kin", kin).status_code == 302
    worked = {"employer": "某公司", "from_on": "2020-01-01", "source": "document", "source_on": "2020-01-01"}
    assert client.post(f"/experts/{expert.pk}/employments/", worked).status_code == 422
    worked["document"] = SimpleUploadedFile("社保.png", PICTURE)
    assert client.post(f"/experts/{expert.pk}/employments/", worked).status_code == 302

    assert expert.name in client.get(f"/organisations/{firm.pk}/affiliations/").content.decode()
    page = client.get(f"/experts/{expert.pk}/employments/").content.decode()
    kept = expert.employments.get()
    assert "社保.png" in page and kept.source == "document"
    assert client.get(f"/account/employments/{kept.pk}/document").status_code == 200
    assert client.post(f"/account/employments/{kept.pk}/withdraw").status_code == 302
    assert not expert.employments.filter(withdrawn_at=None).exists()
