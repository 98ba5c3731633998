"""Roles of officials under attack: the database keeps two others, days in order, one role at a time, and closed accounts out."""

from datetime import timedelta

import pytest

from portal.actions.granting import confirm_proposal
from portal.clock import china_date, portal_now
from portal.models import Role, User

pytestmark = pytest.mark.django_db(transaction=True)

INSERT = (
    "INSERT INTO portal_grant (id, user_id, role, starts_on, ends_on, granted_by_id, confirmed_by_id) "
    "VALUES (gen_random_uuid(), %(user)s, %(role)s, %(first)s, %(last)s, %(one)s, %(other)s)"
)
CHANGE = "UPDATE portal_grantproposal SET {} WHERE id = %(id)s"
CONFIRM = CHANGE.format("state = 'confirmed', decided_by_id = %(by)s, decided_at = now(), grant_id = %(grant)s")


@pytest.fixture
def two(make):
    """A division head and a leader."""
    return make.division_head(), make.leader()


def given(user, one, other, *, role="officer", first=0, last=None) -> dict:
    today = china_date(portal_now())
    days = {"first": today + timedelta(days=first), "last": today + timedelta(days=last) if last is not None else None}
    ids = {name: person.pk if person else None for name, person in (("user", user), ("one", one), ("other", other))}
    return ids | days | {"role": role}


def test_a_role_is_given_by_two_others(attack, make, two):
    head, leader = two
    person = make.person()

    assert attack(INSERT, **given(head, head, leader)) == "grant_by_two_others"
    assert attack(INSERT, **given(leader, head, leader)) == "grant_by_two_others"
    assert attack(INSERT, **given(person, head, head)) == "grant_by_two_others"
    assert attack(INSERT, **given(person, head, None)) == "grant_by_two_or_appointed"
    assert attack(INSERT, **given(person, None, None)) == "grant_by_two_once_there_are_two"
    assert attack(INSERT, **given(person, None, None, role="leader")) == "grant_by_two_once_there_are_two"


def test_the_first_officials_are_appointed_until_two_can_give_roles(attack, make):
    first, second = make.person(), make.person()

    assert attack(INSERT, **given(first, None, None, role="leader")) == ""
    assert attack(INSERT, **given(second, None, None, role="division_head")) == ""
    assert attack(INSERT, **given(make.person(), None, None, role="leader")) == "grant_by_two_once_there_are_two"


def test_days_are_in_order_and_a_role_is_held_once(attack, make, two):
    person = make.person()

    assert attack(INSERT, **given(person, *two, first=5, last=4)) == "grant_ends_after_it_begins"
    assert attack(INSERT, **given(person, *two, last=9)) == ""
    assert attack(INSERT, **given(person, *two, first=9)) == "grant_once_at_a_time"
    assert attack(INSERT, **given(person, *two, first=10)) == ""


def test_a_closed_account_is_given_nothing(attack, make, two):
    person = make.person()
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert attack(INSERT, **given(person, *two)) == "grant_to_an_open_account"


def test_a_role_keeps_whose_it_is_what_and_by_whom(attack, make, two):
    grant = confirm_proposal(make.proposal().pk, by=two[1], now=portal_now()).grant
    change = "UPDATE portal_grant SET {} WHERE id = %(id)s"

    for column in ("role = 'leader'", "user_id = granted_by_id", "starts_on = '2020-01-01'", "granted_by_id = NULL, confirmed_by_id = NULL"):
        assert attack(change.format(column), id=grant.pk) in ("grant_frozen", "grant_by_two_others"), column
    assert attack(change.format("ended_at = now()"), id=grant.pk) == ""
    assert attack(change.format("ended_at = NULL"), id=grant.pk) == "grant_end_frozen"
    assert attack("DELETE FROM portal_grant WHERE id = %(id)s", id=grant.pk) == "denied"


def test_a_proposal_is_confirmed_by_another_and_made_its_grant(attack, make, two):
    head, leader = two
    proposal = make.proposal(by=head)
    other = make.officer().grants.get()

    assert attack(CONFIRM, id=proposal.pk, by=head.pk, grant=None) in ("proposal_makes_its_grant", "proposal_confirmed_by_another")
    assert attack(CONFIRM, id=proposal.pk, by=proposal.user_id, grant=None) in ("proposal_makes_its_grant", "proposal_not_for_oneself")
    assert attack(CONFIRM, id=proposal.pk, by=leader.pk, grant=None) == "proposal_makes_its_grant"
    assert attack(CONFIRM, id=proposal.pk, by=leader.pk, grant=other.pk) == "proposal_makes_its_grant"
    made = INSERT.replace("gen_random_uuid()", "%(grant)s")
    own = given(proposal.user, head, leader) | {"id": proposal.pk, "by": head.pk, "grant": proposal.pk}
    assert attack(made, CONFIRM, **own) in ("proposal_makes_its_grant", "proposal_confirmed_by_another")
    assert attack(made, CONFIRM, **own | {"by": leader.pk}) == ""


def test_a_proposal_keeps_what_it_says_and_is_decided_once(attack, make, two):
    proposal = make.proposal()

    for column in ("role = 'leader'", "user_id = proposed_by_id", "ends_on = '2099-01-01'", "reason = 'x'", "proposed_by_id = user_id"):
        assert attack(CHANGE.format(column), id=proposal.pk) in ("grantproposal_frozen", "proposal_not_for_oneself"), column
    refused = CHANGE.format("state = 'refused', decided_by_id = %(by)s, decided_at = now()")
    assert attack(refused, id=proposal.pk, by=two[1].pk) == ""
    again = attack(CHANGE.format("state = 'proposed', decided_at = NULL"), id=proposal.pk)
    assert again in ("grantproposal_flow", "grantproposal_decision_frozen")
    assert attack(CHANGE.format("decided_by_id = NULL"), id=proposal.pk) == "grantproposal_decision_frozen"


def test_a_proposal_is_well_formed(attack, make, two):
    insert = (
        "INSERT INTO portal_grantproposal (id, kind, user_id, role, starts_on, ends_on, reason, state, proposed_by_id, proposed_at, grant_id) "
        "VALUES (gen_random_uuid(), %(kind)s, %(user)s, %(role)s, current_date, %(last)s, %(reason)s, %(state)s, %(by)s, now(), %(grant)s)"
    )
    head, person = two[0], make.person()
    fine = {"kind": "grant", "user": person.pk, "role": "officer", "last": None, "reason": "x", "state": "proposed", "by": head.pk, "grant": None}
    officer = make.officer().grants.get()

    for change, name in (
        ({"user": head.pk}, "proposal_not_for_oneself"),
        ({"last": "2020-01-01"}, "proposal_ends_after_it_begins"),
        ({"reason": ""}, "proposal_has_a_reason"),
        ({"role": "district"}, "proposal_district_names_its_district"),
        ({"state": "refused"}, "grantproposal_flow"),
        ({"kind": "end"}, "proposal_ends_that_grant"),
        ({"kind": "end", "grant": officer.pk}, "proposal_ends_that_grant"),
    ):
        assert attack(insert, **fine | change) == name, change
    assert attack(insert, **fine) == ""
    assert attack(insert, **fine) == "proposal_once_at_a_time"
    end = {"kind": "end", "user": officer.user_id, "grant": officer.pk}
    assert attack(insert, **fine | end) == ""
    assert attack(insert, **fine | end) == "proposal_one_end_at_a_time"


def test_an_end_that_was_confirmed_has_ended_the_role(attack, make, two):
    proposal = make.end_proposal(make.official(Role.PREPARER).grants.get())

    assert attack(CONFIRM, id=proposal.pk, by=two[1].pk, grant=proposal.grant_id) == "proposal_ends_its_grant"
