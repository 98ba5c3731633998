"""Delegations and looks of support under attack: the database knows what may be lent, to whom, and what is done in person."""

from datetime import timedelta

import pytest

from portal.clock import china_date, portal_now
from portal.models import Role

pytestmark = pytest.mark.django_db(transaction=True)

LEND = (
    "INSERT INTO portal_delegation (id, principal_id, delegate_id, grant_id, membership_id, starts_on, ends_on, reason, state, offered_at) "
    "VALUES (gen_random_uuid(), %(principal)s, %(delegate)s, %(grant)s, %(membership)s, %(first)s, %(last)s, 'x', 'offered', portal_now())"
)
WRITE = (
    "INSERT INTO portal_event (id, kind, subject_type, subject_id, by_id, on_behalf_of_id, at, sealed, rehearsal, body, leaf) "
    "VALUES (gen_random_uuid(), %(kind)s, 'x', gen_random_uuid(), %(by)s, %(principal)s, portal_now(), false, false, '{}', '')"
)
CHANGE = "UPDATE portal_delegation SET {} WHERE id = %(id)s"
LOOK = "UPDATE portal_supportview SET {} WHERE id = %(id)s"


def lend(attack, principal, delegate, *, grant=None, membership=None, first=0, last=5):
    today = china_date(portal_now())
    return attack(
        LEND, principal=principal.pk, delegate=delegate.pk, grant=grant and grant.pk, membership=membership and membership.pk,
        first=today + timedelta(days=first), last=today + timedelta(days=last),
    )  # fmt: skip


def test_a_power_is_lent_by_its_holder_to_one_who_may_and_once_at_a_time(attack, make):
    officer, head, preparer, person = make.officer(), make.division_head(), make.preparer(), make.person()
    grant = officer.grants.get()

    assert lend(attack, officer, officer, grant=grant) == "delegation_to_somebody_else"
    assert lend(attack, head, officer, grant=grant) == "delegation_of_ones_own_power"
    assert lend(attack, officer, preparer, grant=grant) == "delegation_to_one_who_may"
    assert lend(attack, officer, person, grant=grant) == "delegation_to_one_who_may"
    assert lend(attack, officer, head, grant=grant, first=3, last=2) == "delegation_ends_after_it_begins"
    assert lend(attack, officer, head) == "delegation_of_one_power"
    assert lend(attack, officer, head, grant=grant) == ""
    assert lend(attack, officer, head, grant=grant, first=5, last=9) == "delegation_once_at_a_time"


@pytest.mark.parametrize("role", [Role.EXPERT, Role.APPROVER, Role.AUDITOR, Role.SUPPORT])
def test_some_roles_are_never_lent(attack, make, role):
    official = make.official(role)

    assert lend(attack, official, make.official(role), grant=official.grants.get()) == "delegation_of_what_may_be"


def test_a_membership_is_not_lent_outside_its_organisation(attack, make):
    administrator = make.administrator(make.organisation())
    stranger = make.administrator(make.organisation())

    assert lend(attack, administrator, stranger, membership=administrator.memberships.get()) == "delegation_to_one_who_may"


def test_an_offer_is_not_changed_nor_accepted_late_nor_taken_up_again(attack, make):
    officer, head, leader = make.officer(), make.division_head(), make.official(Role.LEADER)
    offered = make.offered(officer, head)

    assert attack(CHANGE.format("delegate_id = %(to)s"), id=offered.pk, to=leader.pk) == "delegation_frozen"
    assert attack(CHANGE.format("ends_on = ends_on + 30"), id=offered.pk) == "delegation_frozen"
    assert attack(CHANGE.format("state = 'declined'"), id=offered.pk) == ""
    assert attack(CHANGE.format("state = 'accepted'"), id=offered.pk) == "delegation_flow"
    assert attack("DELETE FROM portal_delegation WHERE id = %(id)s", id=offered.pk) == "denied"


def test_days_that_are_over_are_not_accepted(attack, make, clock):
    clock.china(2026, 3, 2)
    offered = make.offered(make.officer(), make.division_head(), days=1)
    clock.china(2026, 3, 3, 0, 0)

    assert attack(CHANGE.format("state = 'accepted'"), id=offered.pk) == "delegation_accepted_in_time"


def test_an_act_for_somebody_else_needs_a_delegation_of_that_day(attack, make, clock):
    clock.china(2026, 3, 2)
    officer, head = make.officer(), make.division_head()
    act = {"by": head.pk, "principal": officer.pk}

    assert attack(WRITE, kind="challenge.pooled", **act) == "event_under_a_delegation"
    delegation = make.delegation(officer, head, days=1)
    assert attack(WRITE, kind="challenge.pooled", **act) == ""
    assert attack(WRITE, kind="challenge.pooled", by=officer.pk, principal=head.pk) == "event_under_a_delegation"
    clock.china(2026, 3, 3, 0, 0)
    assert attack(WRITE, kind="challenge.pooled", **act) == "event_under_a_delegation"
    clock.china(2026, 3, 2, 10)
    assert attack(CHANGE.format("state = 'ended'"), id=delegation.pk) == ""
    assert attack(WRITE, kind="challenge.pooled", **act) == "event_under_a_delegation"


@pytest.mark.parametrize(
    "kind",
    ["payment.approval", "payment.approved", "decision.confirmed", "sheet.submitted", "assignment.accepted", "bankaccount.confirmed",
     "bid.sealed", "box.closed", "key.used", "grant.started", "grantproposal.confirmed", "membership.started", "delegation.offered",
     "setting.confirmed", "user.changed", "token.created"],
)  # fmt: skip
def test_what_is_done_in_person_is_in_no_event_for_somebody_else(attack, make, kind):
    officer, head = make.officer(), make.division_head()
    make.delegation(officer, head)

    assert attack(WRITE, kind=kind, by=head.pk, principal=officer.pk) == "event_of_what_may_be_delegated"


def test_a_look_is_asked_by_support_and_begins_only_after_the_person_agreed(attack, make):
    supporter, person, other = make.supporter(), make.person(), make.person()
    ask = (
        "INSERT INTO portal_supportview (id, supporter_id, person_id, reason, state, asked_at) "
        "VALUES (gen_random_uuid(), %(by)s, %(person)s, 'x', %(state)s, portal_now())"
    )
    begin = "state = 'open', started_at = portal_now(), until_at = portal_now() + interval '1 hour'"

    assert attack(ask, by=other.pk, person=person.pk, state="asked") == "supportview_of_support"
    assert attack(ask, by=supporter.pk, person=supporter.pk, state="asked") == "supportview_of_somebody_else"
    assert attack(ask, by=supporter.pk, person=person.pk, state="open") == "supportview_flow"
    asked = make.asked_view(supporter, person)
    assert attack(ask, by=supporter.pk, person=person.pk, state="asked") == "supportview_asked_once"
    assert attack(LOOK.format(begin), id=asked.pk) == "supportview_flow"
    assert attack(LOOK.format("state = 'agreed', answered_at = portal_now()"), id=asked.pk) == ""
    assert attack(LOOK.format("state = 'open'"), id=asked.pk) == "supportview_open_from_a_moment"
    assert attack(LOOK.format("person_id = %(to)s"), id=asked.pk, to=other.pk) == "supportview_frozen"
    assert attack(LOOK.format(begin), id=asked.pk) == ""
    assert attack(LOOK.format("until_at = until_at + interval '1 hour'"), id=asked.pk) == "supportview_start_frozen"
    assert attack(LOOK.format("state = 'ended', ended_at = portal_now()"), id=asked.pk) == ""
    assert attack(LOOK.format("state = 'open'"), id=asked.pk) == "supportview_flow"
    assert attack("DELETE FROM portal_supportview WHERE id = %(id)s", id=asked.pk) == "denied"


def test_support_looks_at_one_person_at_a_time_and_not_after_its_role_ended(attack, make):
    supporter = make.supporter()
    make.look(supporter, make.person())
    second, third = make.agreed_view(supporter, make.person()), make.agreed_view(make.supporter(), make.person())
    begin = "state = 'open', started_at = portal_now(), until_at = portal_now() + interval '1 hour'"

    assert attack(LOOK.format(begin), id=second.pk) == "supportview_one_at_a_time"
    third.supporter.grants.update(ended_at=portal_now())
    assert attack(LOOK.format(begin), id=third.pk) == "supportview_of_support"
