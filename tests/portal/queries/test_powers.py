"""Powers: where a grant holds, and what is left of them for somebody who acts for another person."""

from datetime import date
from uuid import uuid4

import pytest

from portal.clock import china_date
from portal.models import Delegation, Event, Grant, Role
from portal.permissions import has_stake, holds, holds_everywhere, is_officer, reviews_district
from portal.queries.people import holders_of, powers_of
from portal.record import record, sequence
from portal.transition import move
from portal.verifying import verify

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2020, 1, 1), "ends_on": date(2090, 1, 1)}


def programme_of(make):
    """The programme of some case."""
    return make.need().rules.programme


def test_a_grant_that_names_a_programme_holds_there_and_nowhere_else(make):
    programme, person = programme_of(make), make.person()
    Grant.objects.create(user=person, role=Role.OFFICER, programme=programme, **DAYS)

    assert [is_officer(person), is_officer(person, programme.pk), is_officer(person, uuid4())] == [True, True, False]
    assert not holds_everywhere(person, Role.OFFICER)


def test_a_grant_without_a_programme_holds_in_every_programme(make):
    officer = make.officer()

    assert is_officer(officer, uuid4()) and holds_everywhere(officer, Role.OFFICER)


def test_a_reviewer_of_one_programme_reviews_the_district_there_only(make):
    programme, person, district = programme_of(make), make.person(), make.district()
    Grant.objects.create(user=person, role=Role.DISTRICT, district=district, programme=programme, **DAYS)

    assert reviews_district(person, district.pk, programme.pk)
    assert not reviews_district(person, district.pk, uuid4())


def test_messages_go_to_those_responsible_for_the_programme(make):
    programme, here, everywhere = programme_of(make), make.person(), make.officer()
    Grant.objects.create(user=here, role=Role.OFFICER, programme=programme, **DAYS)
    elsewhere = set(holders_of(Role.OFFICER, programme_id=uuid4()))

    assert {here.pk, everywhere.pk} <= set(holders_of(Role.OFFICER, programme_id=programme.pk))
    assert everywhere.pk in elsewhere and here.pk not in elsewhere


def test_a_grant_that_was_ended_holds_no_longer(make, clock):
    officer = make.officer()
    officer.grants.update(ended_at=clock.now())

    assert not holds(officer, Role.OFFICER)


def test_who_acts_for_somebody_has_the_delegated_power_alone_and_the_stakes_of_both(make, clock):
    officer, own, theirs = make.officer(), make.organisation(), make.organisation()
    deputy = make.administrator(own)
    make_stake(officer, theirs)
    deputy.delegation = Delegation(principal=officer, delegate=deputy, grant=officer.grants.get())

    powers = powers_of(deputy)

    assert (powers.roles, powers.views) == ({Role.OFFICER}, frozenset())
    assert has_stake(deputy, own.pk) and has_stake(deputy, theirs.pk)


def test_the_record_says_for_whom_and_old_bodies_stay_as_they_are(make, clock):
    officer, deputy = make.officer(), make.division_head()
    before = record("tried", officer, by=deputy)
    today = china_date(clock.now())
    deputy.delegation = Delegation.objects.create(
        principal=officer, delegate=deputy, grant=officer.grants.get(), starts_on=today, ends_on=today,
        reason="休假。", offered_at=clock.now(),
    )  # fmt: skip
    move(deputy.delegation, to="accepted", by=officer)
    after = record("tried", officer, by=deputy)
    sequence()

    assert '"for"' not in before.body and f'"for":"{officer.pk}"' in after.body
    assert Event.objects.get(pk=after.pk).on_behalf_of == officer
    assert list(verify()) == []


def make_stake(person, organisation):
    """Let a person act for an organisation."""
    return person.memberships.create(organisation=organisation, role="viewer", starts_on=date(2020, 1, 1))
