"""Credit, dishonesty and affiliations under attack by raw SQL."""

from datetime import date
from uuid import uuid4

import pytest

from portal.actions import affiliations, employments, standing
from portal.actions.affiliations import Side
from portal.clock import china_date, portal_now

pytestmark = pytest.mark.django_db(transaction=True)

CHECK = (
    "INSERT INTO portal_creditcheck (id, organisation_id, site_id, checked_on, result, found, screenshot_id, by_id, at)"
    " SELECT %(new)s, organisation_id, site_id, {day}, {result}, '', {shown}, by_id, at FROM portal_creditcheck WHERE id = %(id)s"
)
RULING = "INSERT INTO portal_creditruling (credit_check_id, reason, by_id, at) VALUES (%(id)s, 'x', %(by)s, portal_now())"
SEAT = (
    "INSERT INTO challenges_assignment (id, panel_id, expert_id, seat, expert_class, state, invited_at, answer_by, reason)"
    " VALUES (%(new)s, %(panel)s, %(expert)s, 9, 'technical', 'invited', portal_now(), portal_now(), '')"
)


def test_a_check_is_never_changed_and_never_lies_in_the_future(attack, make):
    check = make.credit_checks(make.organisation())[0]

    assert attack("UPDATE portal_creditcheck SET result = 'clean' WHERE id = %(id)s", id=check.pk) == "denied"
    assert attack("DELETE FROM portal_creditcheck WHERE id = %(id)s", id=check.pk) == "denied"
    future = CHECK.format(day="checked_on + 1", result="result", shown="screenshot_id")
    assert attack(future, new=uuid4(), id=check.pk) == "credit_check_not_in_future"
    blind = CHECK.format(day="checked_on - 1", result="'clean'", shown="NULL")
    assert attack(blind, new=uuid4(), id=check.pk) == "credit_check_shows_its_page"
    silent = CHECK.format(day="checked_on - 1", result="'record'", shown="screenshot_id")
    assert attack(silent, new=uuid4(), id=check.pk) == "credit_record_says_what"
    twice = CHECK.format(day="checked_on", result="'clean'", shown="screenshot_id")
    assert attack(twice, new=uuid4(), id=check.pk) == "credit_check_once_a_day"


def test_who_recorded_a_record_does_not_let_it_pass(attack, make):
    found = make.credit_checks(make.organisation(), result="record")[0]
    clean = make.credit_checks(make.organisation())[0]

    assert attack(RULING, id=found.pk, by=found.by_id) == "credit_ruling_by_another"
    assert attack(RULING, id=clean.pk, by=make.officer().pk) == "credit_ruling_by_another"


def test_dishonesty_is_confirmed_by_another_and_repaired_with_a_document(attack, make):
    entered = standing.record_dishonesty(
        make.organisation().pk, kind="serious", source="信用中国", document_number="1号", words="未履行。",
        from_on=china_date(portal_now()), by=make.case_officer(), now=portal_now(),
    )  # fmt: skip
    confirm = "UPDATE portal_dishonesty SET state = 'confirmed', confirmed_at = portal_now(), confirmed_by_id = %(by)s WHERE id = %(id)s"
    change = "UPDATE portal_dishonesty SET {} WHERE id = %(id)s"

    assert attack(confirm, id=entered.pk, by=entered.recorded_by_id) == "dishonesty_confirmed_by_another"
    assert attack(change.format("state = 'confirmed'"), id=entered.pk) == "dishonesty_in_force_is_confirmed"
    assert attack(change.format("state = 'repaired'"), id=entered.pk) == "dishonesty_flow"
    assert attack(change.format("kind = 'general'"), id=entered.pk) == "dishonesty_frozen"
    standing.confirm_dishonesty(entered.pk, by=make.officer(), now=portal_now())
    assert attack(change.format("state = 'repaired'"), id=entered.pk) == "dishonesty_repaired_with_document"


def test_a_tie_is_ended_or_withdrawn_and_never_edited(attack, make):
    one, two = make.organisation(), make.organisation()
    row = affiliations.enter_affiliation(
        one.pk, kind="control", other=Side(organisation_id=two.pk), from_on=date(2020, 1, 1), source="register",
        source_on=date(2020, 1, 1), by=make.case_officer(), now=portal_now(),
    )  # fmt: skip
    change = "UPDATE portal_affiliation SET {} WHERE id = %(id)s"

    assert attack(change.format("kind = 'branch'"), id=row.pk) == "affiliation_frozen"
    assert attack(change.format("until_on = from_on - 1"), id=row.pk) == "affiliation_ends_after_it_begins"
    assert attack("DELETE FROM portal_affiliation WHERE id = %(id)s", id=row.pk) == "denied"


def test_an_expert_employed_by_a_party_gets_no_seat(attack, make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    panel, worked, officer = make.panel(clock, [bid]), make.expert(), make.expert()
    today = china_date(portal_now())
    employments.enter_employment(
        worked.pk, organisation_id=bid.lead_id, from_on=date(2020, 1, 1), until_on=today, by=worked, now=portal_now()
    )
    affiliations.enter_affiliation(
        bid.lead_id, kind="officer", post="director", other=Side(name=officer.name, email=officer.email), from_on=date(2020, 1, 1),
        source="register", source_on=date(2020, 1, 1), by=make.case_officer(), now=portal_now(),
    )  # fmt: skip

    for expert in (worked, officer):
        assert attack(SEAT, new=uuid4(), panel=panel.pk, expert=expert.pk) == "assignment_without_conflict"


def test_a_row_corrects_a_withdrawn_one_and_an_employment_is_never_edited(attack, make):
    one, two, expert = make.organisation(), make.organisation(), make.expert()
    tie = affiliations.enter_affiliation(
        one.pk, kind="control", other=Side(organisation_id=two.pk), from_on=date(2020, 1, 1), source="register",
        source_on=date(2020, 1, 1), by=make.case_officer(), now=portal_now(),
    )  # fmt: skip
    work = employments.enter_employment(expert.pk, employer="某公司", from_on=date(2020, 1, 1), by=expert, now=portal_now())
    again = (
        "INSERT INTO portal_affiliation (id, kind, holder_organisation_id, organisation_id, post, from_on, source, source_on, source_note,"
        " corrects_id, entered_by_id, entered_at) SELECT %(new)s, kind, holder_organisation_id, organisation_id, post, from_on, source,"
        " source_on, source_note, id, entered_by_id, entered_at FROM portal_affiliation WHERE id = %(id)s"
    )
    other = (
        "INSERT INTO portal_employment (id, user_id, employer, from_on, source, source_note, corrects_id, entered_by_id, entered_at)"
        " SELECT %(new)s, user_id, employer, from_on, {source}, source_note, {corrects}, entered_by_id, entered_at"
        " FROM portal_employment WHERE id = %(id)s"
    )
    change = "UPDATE portal_employment SET {} WHERE id = %(id)s"

    assert attack(again, new=uuid4(), id=tie.pk) == "affiliation_corrects_a_withdrawn_one"
    assert attack(other.format(source="source", corrects="id"), new=uuid4(), id=work.pk) == "employment_corrects_a_withdrawn_one"
    assert attack(other.format(source="'document'", corrects="NULL"), new=uuid4(), id=work.pk) == "employment_document_is_there"
    assert attack(change.format("employer = ''"), id=work.pk) == "employment_frozen"
    assert attack(change.format("source_on = '2021-01-01'"), id=work.pk) == "employment_frozen"
    assert attack(change.format("until_on = from_on - 1"), id=work.pk) == "employment_ends_after_it_begins"
    assert attack(change.format("withdrawn_at = portal_now()"), id=work.pk) == "employment_withdrawn_by_somebody"
    assert attack("DELETE FROM portal_employment WHERE id = %(id)s", id=work.pk) == "denied"


def test_an_expert_whose_employer_is_tied_to_a_party_gets_no_seat(attack, make, clock):
    bid = make.qualified_bids(clock, count=1)[0]
    panel, of_holder, of_sister, free = make.panel(clock, [bid]), make.expert(), make.expert(), make.expert()
    given = {"from_on": date(2020, 1, 1), "source": "register", "source_on": date(2020, 1, 1), "by": make.case_officer(), "now": portal_now()}
    holder = of_holder.expert.employer
    sister = of_sister.expert.employer
    affiliations.enter_affiliation(bid.lead_id, kind="share", percent=12, other=Side(organisation_id=holder.pk), **given)
    row = affiliations.enter_affiliation(bid.lead_id, kind="officer", post="director", other=Side(name="王五"), **given)
    shared = Side(outsider_id=row.holder_outsider_id)
    affiliations.enter_affiliation(sister.pk, kind="officer", post="supervisor", other=shared, **given)

    for expert in (of_holder, of_sister):
        assert attack(SEAT, new=uuid4(), panel=panel.pk, expert=expert.pk) == "assignment_without_conflict"
    assert attack(SEAT, new=uuid4(), panel=panel.pk, expert=free.pk) == ""
