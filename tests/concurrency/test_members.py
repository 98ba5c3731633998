"""Two administrators end each other at once, two people use one link at once: one wins."""

import os
import threading

import psycopg
import pytest

from portal.actions import inviting, membership, merging
from portal.clock import china_date, portal_now
from portal.kernel.errors import PortalError
from portal.models import AccountMerge, MemberRole, Membership
from portal.queries.members import administrators_for_good
from tests.concurrency.test_deadline import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_administrators_who_end_each_other_leave_one(make):
    organisation, now = make.organisation(), portal_now()
    make.member(organisation, MemberRole.ADMINISTRATOR)
    first, second = organisation.memberships.select_related("user").order_by("pk")

    found = together(
        lambda: membership.end_membership(second.pk, by=first.user, now=now),
        lambda: membership.end_membership(first.pk, by=second.user, now=now),
    )

    assert sum(isinstance(each, Membership) for each in found) == 1
    assert sum(isinstance(each, PortalError) for each in found) == 1
    assert administrators_for_good(organisation.pk).count() == 1


def test_administrators_who_all_leave_at_once_leave_one(make):
    organisation, now = make.organisation(), portal_now()
    people = [make.administrator(organisation), *(make.member(organisation, MemberRole.ADMINISTRATOR) for _ in range(5))]

    found = together(*[lambda by=by: membership.leave_organisation(organisation.pk, by=by, now=now) for by in people])

    assert sum(isinstance(each, Membership) for each in found) == 5
    assert administrators_for_good(organisation.pk).count() == 1


def test_the_database_lets_one_of_two_raw_endings_through(make):
    organisation = make.organisation()
    make.member(organisation, MemberRole.ADMINISTRATOR)
    ids = list(organisation.memberships.values_list("pk", flat=True))
    day, gate, refused = china_date(portal_now()), threading.Barrier(2), []
    def end(pk):
        with psycopg.connect(os.environ["DATABASE_URL"]) as raw:
            gate.wait(20)
            try:
                raw.execute("UPDATE portal_membership SET ends_on = %s WHERE id = %s", [day, pk])
                raw.commit()
            except psycopg.errors.CheckViolation as error:
                refused.append(error.diag.constraint_name)

    threads = [threading.Thread(target=end, args=[pk]) for pk in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert refused == ["membership_keeps_an_administrator"]
    assert administrators_for_good(organisation.pk).count() == 1


def test_one_link_used_eight_times_at_once_begins_one_membership(make):
    organisation, person, now = make.organisation(), make.person(), portal_now()
    secret = make.secret_of(make.invitation(organisation, email=person.email))

    found = together(*[lambda: inviting.accept_invitation(secret, by=person, now=now)] * 8)

    assert sum(isinstance(each, Membership) for each in found) == 1
    assert {each.code for each in found if isinstance(each, PortalError)} == {"invitation_used"}
    assert organisation.memberships.filter(user=person).count() == 1


def test_one_code_typed_eight_times_at_once_merges_once(make):
    kept, alias, now = make.person(), make.administrator(make.organisation()), portal_now()
    asked = merging.ask_merge(email=alias.email, by=kept, now=now)
    code = make.code_of(asked)

    found = together(*[lambda: merging.merge_accounts(asked.pk, code=code, by=kept, now=now)] * 5)

    assert sum(isinstance(each, AccountMerge) for each in found) == 1
    assert all(isinstance(each, AccountMerge | PortalError) for each in found)
    assert kept.memberships.count() == 1
