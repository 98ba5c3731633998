"""Commands for the first day of a city: districts, officials, demo accounts; and the look at the database."""

from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import CommandError

from portal.models import District, Event, Grant, Role, User

pytestmark = pytest.mark.django_db


def told(*arguments: str, **options) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_the_first_officer_is_appointed_and_it_is_recorded(make):
    person = make.person("李维")

    assert "李维" in told("appoint", person.email, "officer")

    grant = Grant.objects.get(user=person)
    assert (grant.role, grant.granted_by) == (Role.OFFICER, None)
    assert Event.objects.filter(kind="grant.started", subject_id=grant.pk, by=None).count() == 1


def test_once_two_can_give_roles_the_command_refuses_and_says_why(make):
    told("appoint", make.person().email, "division_head")
    told("appoint", make.person().email, "leader")
    third = make.person()

    with pytest.raises(CommandError, match="/officials/"):
        told("appoint", third.email, "officer")
    with pytest.raises(CommandError):
        told("appoint", third.email, "leader")

    assert not Grant.objects.filter(user=third).exists()


def test_when_there_are_too_few_again_it_appoints_again(make):
    told("appoint", make.person().email, "division_head")
    leader = make.person()
    told("appoint", leader.email, "leader")
    User.objects.filter(pk=leader.pk).update(is_active=False)

    told("appoint", make.person().email, "leader")

    assert Grant.objects.filter(role=Role.LEADER).count() == 2


def test_two_heads_without_a_leader_are_not_enough(make):
    for _ in range(2):
        told("appoint", make.person().email, "division_head")

    assert "leader" in told("appoint", make.person().email, "leader")


def test_a_district_reviewer_is_appointed_to_a_district(make):
    person = make.person()
    assert "12 districts added" in told("add_districts")

    told("appoint", person.email, "district", district="340104")

    assert Grant.objects.get(user=person).district == District.objects.get(code="340104")
    with pytest.raises(CommandError, match="县区|district"):
        told("appoint", make.person().email, "district")


def test_whoever_has_no_account_cannot_be_appointed():
    with pytest.raises(CommandError):
        told("appoint", "nobody@example.org", "officer")


def test_one_district_is_added_and_half_of_one_is_not():
    assert "1 districts added: 长丰县" in told("add_districts", "340121", "长丰县", "Changfeng")
    with pytest.raises(CommandError):
        told("add_districts", "340122")


def test_without_a_demonstration_there_are_no_demo_accounts():
    with pytest.raises(CommandError, match="no demonstration"):
        told("demo_accounts")


def test_the_database_is_found_fit_to_serve():
    assert run_checks(databases=["default"], tags=["database"]) == []
