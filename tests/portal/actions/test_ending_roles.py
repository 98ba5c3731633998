"""Ends of officials' roles: proposed by one, confirmed by another, running out; the portal never loses who gives them."""

import pytest

from portal.actions.granting import confirm_proposal
from portal.clock import china_date
from portal.kernel.errors import Clash, Refused, WrongState
from portal.models import Message, Role
from portal.permissions import holds, is_officer
from portal.tasks import watch_roles
from tests.portal.actions.test_granting import DAY, fresh, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def now(clock):
    return clock.now()


@pytest.fixture
def today(now):
    return china_date(now)


@pytest.fixture
def two(make):
    """Who proposes and who confirms."""
    return make.division_head(), make.leader()


def test_a_role_ends_when_a_second_official_confirms(make, two, now):
    officer = make.officer()
    proposal = make.end_proposal(officer.grants.get())
    assert is_officer(fresh(officer))

    confirm_proposal(proposal.pk, by=two[1], now=now)

    assert officer.grants.get().ended_at == now
    assert not is_officer(fresh(officer))
    assert told("role_ended") == {("role_ended", str(officer.pk))}


def test_a_role_ends_after_a_last_day_that_is_to_come(make, two, clock, today):
    officer = make.officer()
    confirm_proposal(make.end_proposal(officer.grants.get(), last_day=today + DAY).pk, by=two[1], now=clock.now())

    held = []
    for _ in range(3):
        held.append(is_officer(fresh(officer)))
        clock.forward(days=1)

    assert held == [True, True, False]
    assert (officer.grants.get().ends_on, officer.grants.get().ended_at) == (today + DAY, None)


def test_a_role_to_come_is_taken_back_before_it_begins(make, two, clock, today):
    person = make.person()
    grant = confirm_proposal(make.proposal(person, starts_on=today + 5 * DAY).pk, by=two[1], now=clock.now()).grant

    with pytest.raises(Refused) as refusal:
        make.end_proposal(grant, last_day=today + DAY)
    confirm_proposal(make.end_proposal(grant).pk, by=two[1], now=clock.now())
    clock.forward(days=6)

    assert refusal.value.code == "ends_before_it_begins"
    assert not is_officer(fresh(person))


def test_an_end_is_earlier_than_the_last_day_not_past_and_proposed_once(make, two, now, today):
    person = make.person()
    grant = confirm_proposal(make.proposal(person, ends_on=today + 5 * DAY).pk, by=two[1], now=now).grant

    for last_day, code in ((-1, "last_day_in_the_past"), (5, "not_earlier"), (9, "not_earlier")):
        with pytest.raises(Refused) as refusal:
            make.end_proposal(grant, last_day=today + last_day * DAY)
        assert refusal.value.code == code
    first = make.end_proposal(grant)
    with pytest.raises(Clash) as again:
        make.end_proposal(grant)
    confirm_proposal(first.pk, by=two[1], now=now)
    with pytest.raises(WrongState) as over:
        make.end_proposal(grant)

    assert (again.value.code, over.value.code) == ("end_proposed_already", "role_over")


def test_two_people_with_a_leader_among_them_can_always_give_roles(make, two, now):
    head, leader = two

    with pytest.raises(Refused) as refusal:
        make.end_proposal(leader.grants.get(), by=head)
    second = confirm_proposal(make.proposal(role=Role.LEADER, by=head).pk, by=leader, now=now).grant
    ended = make.end_proposal(leader.grants.get(), by=head)
    confirm_proposal(ended.pk, by=second.user, now=now)

    assert refusal.value.code == "granters_stay"
    assert not holds(fresh(leader), Role.LEADER)


def test_it_is_said_once_that_a_role_ends_and_once_that_it_has(make, two, clock, today):
    head, leader = two
    person = make.person()
    confirm_proposal(make.proposal(person, ends_on=today + 20 * DAY).pk, by=leader, now=clock.now())

    watch_roles()
    before = told("role_ends")
    clock.forward(days=6)
    watch_roles()
    watch_roles()
    soon = told("role_ends", "role_ends_soon")
    clock.forward(days=15)
    watch_roles()
    watch_roles()

    assert before == set()
    assert soon == {("role_ends", str(person.pk)), ("role_ends_soon", str(head.pk)), ("role_ends_soon", str(leader.pk))}
    assert told("role_over") == {("role_over", str(person.pk))}
    assert Message.objects.filter(kind__in=["role_ends", "role_over"]).count() == 2
