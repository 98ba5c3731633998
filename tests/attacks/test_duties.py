"""Duties under attack: by raw SQL as the web role, with pgtrigger told to ignore every trigger."""

from datetime import timedelta
from uuid import uuid4

import pytest

from portal.clock import china_date, portal_now
from portal.duties import APART, Duty, Scope
from portal.models import CaseParty, DutyTaken, MemberRole, Membership

pytestmark = pytest.mark.django_db(transaction=True)

TAKE = (
    "INSERT INTO portal_dutytaken (id, duty, scope, place, user_id, at)"
    " VALUES (%(new)s, %(duty)s, %(scope)s, %(place)s, %(by)s, portal_now())"
)


def take(attack, duty: str, scope: str, place, by) -> str:
    return attack(TAKE, new=uuid4(), duty=str(duty), scope=str(scope), place=place, by=by.pk)


def test_every_pair_of_the_table_is_refused_in_either_order_and_only_at_one_place(attack, make):
    one, another = make.person(), make.person()

    for pair in APART:
        for first, second in ((pair.one, pair.other), (pair.other, pair.one)):
            place = uuid4()
            assert take(attack, first, pair.scope, place, one) == ""
            refused = take(attack, second, pair.scope, place, one)
            assert refused == pair.name
            assert take(attack, second, pair.scope, place, another) == ""
            assert take(attack, second, pair.scope, uuid4(), one) == ""


def test_a_member_of_a_party_holds_no_office_on_its_case(attack, make):
    firm, place = make.organisation(), uuid4()
    member, former = make.administrator(firm), make.person()
    yesterday = china_date(portal_now()) - timedelta(days=1)
    Membership.objects.create(
        user=former, organisation=firm, role=MemberRole.VIEWER, starts_on=yesterday, ends_on=yesterday
    )
    CaseParty.objects.create(scope=Scope.CASE, place=place, organisation=firm)

    refused = take(attack, Duty.HANDLES_CASE, Scope.CASE, place, member)

    assert refused == "duty_acts_for_a_party_apart_from_handles_case"
    assert take(attack, Duty.HANDLES_CASE, Scope.CASE, place, former) == ""
    assert take(attack, Duty.ACTS_FOR_A_PARTY, Scope.CASE, place, member) == ""


def test_nobody_counts_twice_as_an_approver(attack, make):
    by, place = make.person(), uuid4()

    assert take(attack, Duty.APPROVES_PAYMENT, Scope.PAYMENT, place, by) == ""
    assert take(attack, Duty.APPROVES_PAYMENT, Scope.PAYMENT, place, by) in (
        "duty_taken_once_per_person", "duty_taken_once",
    )  # fmt: skip


def test_a_duty_is_neither_given_back_nor_put_on_somebody_else(attack, make):
    by, other, place = make.person(), make.person(), uuid4()
    take(attack, Duty.SCORES, Scope.CASE, place, by)

    for statement in (
        "DELETE FROM portal_dutytaken WHERE place = %(place)s",
        "UPDATE portal_dutytaken SET user_id = %(other)s WHERE place = %(place)s",
        "TRUNCATE portal_dutytaken",
        "DELETE FROM portal_caseparty",
    ):
        assert attack(statement, place=place, other=other.pk) == "denied"
    assert DutyTaken.objects.get(place=place).user_id == by.pk


def test_a_duty_outside_the_table_is_no_duty(attack, make):
    assert take(attack, "watches", Scope.CASE, uuid4(), make.person()) == "duty_of_the_table"
    assert take(attack, Duty.SCORES, "street", uuid4(), make.person()) == "duty_at_a_known_place"
