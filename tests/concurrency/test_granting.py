"""Two officials confirm at once, two leaders end each other at once: one wins."""

import pytest

from portal.actions import granting, inviting_officials
from portal.clock import china_date, portal_now
from portal.kernel.errors import PortalError
from portal.models import Grant, GrantProposal, Role
from portal.queries.officials import can_grant
from tests.concurrency.test_deadline import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_confirmations_at_once_make_one_grant(make):
    proposal, now = make.proposal(), portal_now()
    leaders = [make.official(Role.LEADER) for _ in range(8)]

    found = together(*[lambda by=by: granting.confirm_proposal(proposal.pk, by=by, now=now) for by in leaders])

    assert sum(isinstance(each, GrantProposal) for each in found) == 1
    assert {each.code for each in found if isinstance(each, PortalError)} == {"wrong_state"}
    assert Grant.objects.filter(user=proposal.user).count() == 1


def test_confirming_and_taking_back_at_once_leave_one_ending(make):
    proposal, leader, now = make.proposal(), make.leader(), portal_now()

    found = together(
        lambda: granting.confirm_proposal(proposal.pk, by=leader, now=now),
        lambda: granting.withdraw_proposal(proposal.pk, by=make.division_head(), now=now),
    )

    proposal.refresh_from_db()
    assert sum(isinstance(each, GrantProposal) for each in found) == 1
    assert Grant.objects.filter(user=proposal.user).exists() == (proposal.state == "confirmed")


def test_the_same_role_proposed_eight_times_at_once_waits_once(make):
    person, head, now = make.person(), make.division_head(), portal_now()
    said = {"email": person.email, "role": "officer", "starts_on": china_date(now), "reason": "x", "by": head, "now": now}

    found = together(*[lambda: granting.propose_grant(**said)] * 8)

    assert sum(isinstance(each, GrantProposal) for each in found) == 1
    assert {each.code for each in found if isinstance(each, PortalError)} == {"proposed_already"}


def test_the_last_two_who_give_roles_are_not_ended_at_once(make):
    leader, head, other, now = make.leader(), make.division_head(), make.official(Role.DIVISION_HEAD), portal_now()
    ends = [make.end_proposal(each.grants.get(), by=leader) for each in (head, other)]

    together(
        lambda: granting.confirm_proposal(ends[0].pk, by=other, now=now),
        lambda: granting.confirm_proposal(ends[1].pk, by=head, now=now),
    )

    assert can_grant()
    assert Grant.objects.filter(role=Role.DIVISION_HEAD, ended_at=None).count() == 1


def test_one_link_used_eight_times_at_once_makes_one_proposal(make):
    person, now = make.person(), portal_now()
    secret = make.secret_of(make.offer(person.email))

    found = together(*[lambda: inviting_officials.accept_office(secret, by=person, now=now)] * 8)

    assert sum(isinstance(each, GrantProposal) for each in found) == 1
    assert {each.code for each in found if isinstance(each, PortalError)} == {"invitation_used"}
