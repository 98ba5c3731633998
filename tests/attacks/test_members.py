"""Memberships, invitations and letters under attack: the database keeps one administrator, one use, two officers."""

from datetime import timedelta

import pytest

from portal.clock import china_date, portal_now
from portal.models import MemberRole

pytestmark = pytest.mark.django_db(transaction=True)

END = "UPDATE portal_membership SET ends_on = %(day)s WHERE id = %(id)s"


def yesterday():
    return china_date(portal_now()) - timedelta(days=1)


def test_the_last_administrator_is_not_ended(attack, make):
    membership = make.organisation().memberships.get()

    assert attack(END, id=membership.pk, day=yesterday()) == "membership_keeps_an_administrator"
    assert attack(END, id=membership.pk, day=yesterday() + timedelta(days=90)) == "membership_keeps_an_administrator"


def test_one_of_two_administrators_may_go_but_not_both(attack, make):
    organisation = make.organisation()
    make.member(organisation, MemberRole.ADMINISTRATOR)
    first, second = organisation.memberships.order_by("pk")

    both = "UPDATE portal_membership SET ends_on = %(day)s WHERE organisation_id = %(id)s"
    assert attack(both, id=organisation.pk, day=yesterday()) == "membership_keeps_an_administrator"
    assert attack(END, id=first.pk, day=yesterday()) == ""
    assert attack(END, id=second.pk, day=yesterday()) == "membership_keeps_an_administrator"


def test_a_membership_keeps_person_organisation_role_and_first_day(attack, make):
    organisation = make.organisation()
    make.member(organisation, MemberRole.EDITOR)
    membership = organisation.memberships.get(role="editor")

    for change in ("role = 'administrator'", "role = 'viewer'", "starts_on = starts_on - 1", "organisation_id = %(other)s"):
        statement = f"UPDATE portal_membership SET {change} WHERE id = %(id)s"
        assert attack(statement, id=membership.pk, other=make.organisation().pk) == "membership_frozen", change
    assert attack("DELETE FROM portal_membership WHERE id = %(id)s", id=membership.pk) == "denied"


def test_what_is_over_stays_over(attack, make):
    organisation = make.organisation()
    make.member(organisation, MemberRole.EDITOR)
    membership = organisation.memberships.get(role="editor")
    assert attack(END, id=membership.pk, day=yesterday()) == ""

    assert attack(END, id=membership.pk, day=None) == "membership_over_frozen"


def test_nobody_holds_two_roles_of_one_organisation_at_a_time(attack, make):
    membership = make.organisation().memberships.get()
    insert = (
        "INSERT INTO portal_membership (id, user_id, organisation_id, role, starts_on, ends_on) "
        "SELECT gen_random_uuid(), user_id, organisation_id, 'viewer', starts_on + 5, starts_on + 9 "
        "FROM portal_membership WHERE id = %(id)s"
    )

    assert attack(insert, id=membership.pk) == "membership_no_overlap"


def test_an_invitation_is_answered_once_and_by_nobody_else(attack, make):
    organisation = make.organisation()
    invitation = make.invitation(organisation)
    change = "UPDATE portal_invitation SET {} WHERE id = %(id)s"

    assert attack(change.format("email = 'thief@example.org'"), id=invitation.pk) == "invitation_frozen"
    assert attack(change.format("role = 'administrator'"), id=invitation.pk) == "invitation_frozen"
    assert attack(change.format("state = 'accepted'"), id=invitation.pk) == "invitation_accepted_by_somebody"
    assert attack(change.format("state = 'withdrawn'"), id=invitation.pk) == ""
    assert attack(change.format("state = 'invited'"), id=invitation.pk) == "invitation_flow"
    assert attack(change.format("digest = repeat('a', 64)"), id=invitation.pk) == "invitation_answer_frozen"
    assert attack("DELETE FROM portal_invitation WHERE id = %(id)s", id=invitation.pk) == "denied"


def test_a_letter_is_confirmed_by_another_officer_with_an_invitation(attack, make):
    replacement = make.replacement(make.organisation())
    change = "UPDATE portal_replacement SET {} WHERE id = %(id)s"

    own = change.format("state = 'confirmed', decided_by_id = proposed_by_id, decided_at = now()")
    alone = change.format(f"state = 'confirmed', decided_by_id = '{make.officer().pk}', decided_at = now()")
    assert attack(own, id=replacement.pk) in ("replacement_decided_by_another", "replacement_confirmed_by_somebody")
    assert attack(alone, id=replacement.pk) == "replacement_confirmed_by_somebody"
    assert attack(change.format("email = 'thief@example.org'"), id=replacement.pk) == "replacement_frozen"


def test_an_alias_cannot_sign_in_or_hold_anything(attack, make):
    person, other = make.person(), make.person()
    organisation = make.organisation()
    insert = (
        "INSERT INTO portal_membership (id, user_id, organisation_id, role, starts_on) "
        "VALUES (gen_random_uuid(), %(user)s, %(firm)s, 'viewer', '2020-01-01')"
    )

    alias = "UPDATE portal_user SET alias_of_id = %(other)s WHERE id = %(id)s"
    assert attack(alias, id=person.pk, other=other.pk) == "user_alias_does_not_sign_in"
    closed = "UPDATE portal_user SET alias_of_id = %(other)s, is_active = false WHERE id = %(id)s"
    assert attack(closed, id=person.pk, other=person.pk) == "user_alias_does_not_sign_in"
    assert attack(closed, id=person.pk, other=other.pk) == ""
    assert attack(insert, user=person.pk, firm=organisation.pk) == "membership_not_of_an_alias"
