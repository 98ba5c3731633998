"""Who acts for an organisation: colleagues are added, and leave; roles of officials begin."""

from datetime import timedelta

import pytest

from portal.actions.appointing import add_districts, appoint
from portal.actions.membership import add_member, end_membership
from portal.districts import SHIPPED
from portal.kernel.errors import Clash, NotAllowed, Refused
from portal.models import District, Event, Grant, MemberRole, Message, Role, User
from portal.permissions import is_editor, is_officer

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_colleague_acts_from_today_and_hears_of_it(make, clock):
    organisation, colleague = make.organisation(), make.person()
    administrator = make.administrator(organisation)

    membership = add_member(organisation.pk, email=colleague.email.upper(), role="editor", by=administrator, now=clock.now())

    assert is_editor(fresh(colleague), organisation.pk)
    event = Event.objects.get(kind="membership.started", subject_id=membership.pk)
    assert list(Message.objects.filter(event=event).values_list("kind", "to")) == [("member_added", colleague.pk)]


def test_somebody_without_an_account_cannot_be_added(make, clock):
    organisation = make.organisation()

    with pytest.raises(Refused) as refusal:
        add_member(organisation.pk, email="nobody@example.org", role="editor", by=make.administrator(organisation), now=clock.now())

    assert refusal.value.code == "no_such_person"


def test_nobody_is_added_twice(make, clock):
    organisation = make.organisation()
    editor, administrator = make.member(organisation, MemberRole.EDITOR), make.administrator(organisation)

    with pytest.raises(Clash) as refusal:
        add_member(organisation.pk, email=editor.email, role="viewer", by=administrator, now=clock.now())

    assert refusal.value.code == "member_already"


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.VIEWER])
def test_only_an_administrator_says_who_acts(make, clock, role):
    organisation, person = make.organisation(), make.person()

    with pytest.raises(NotAllowed):
        add_member(organisation.pk, email=person.email, role="editor", by=make.member(organisation, role), now=clock.now())


def test_who_leaves_may_do_nothing_any_more_and_can_come_back(make, clock):
    organisation = make.organisation()
    editor, administrator = make.member(organisation, MemberRole.EDITOR), make.administrator(organisation)
    membership = organisation.memberships.get(user=editor)

    end_membership(membership.pk, by=administrator, now=clock.now())
    assert not is_editor(fresh(editor), organisation.pk)
    with pytest.raises(Clash):
        end_membership(membership.pk, by=administrator, now=clock.now())

    add_member(organisation.pk, email=editor.email, role="editor", by=administrator, now=clock.now())
    assert is_editor(fresh(editor), organisation.pk)


def test_the_last_administrator_stays(make, clock):
    organisation = make.organisation()
    administrator = make.administrator(organisation)

    with pytest.raises(Refused) as refusal:
        end_membership(organisation.memberships.get().pk, by=administrator, now=clock.now())

    assert refusal.value.code == "last_administrator"


def test_an_official_holds_a_role_from_today(make, clock):
    person = make.person()

    grant = appoint(email=person.email, role="officer", now=clock.now())

    assert is_officer(fresh(person))
    assert list(Event.objects.filter(subject_id=grant.pk).values_list("kind", "by")) == [("grant.started", None)]
    clock.set(clock.now() - timedelta(days=2))
    assert not is_officer(fresh(person))


@pytest.mark.parametrize(
    ("role", "district", "code"),
    [
        ("district", "", "unknown_district"),
        ("district", "999999", "unknown_district"),
        ("officer", "340104", "unknown_district"),
        ("king", "", "unknown_role"),
    ],
)
def test_a_district_belongs_to_district_reviewers_alone(make, clock, role, district, code):
    person = make.person()
    make.district()

    with pytest.raises(Refused) as refusal:
        appoint(email=person.email, role=role, district_code=district, now=clock.now())

    assert refusal.value.code == code
    assert Grant.objects.count() == 0


def test_a_role_is_granted_once(make, clock):
    person = make.person()
    appoint(email=person.email, role="auditor", now=clock.now())

    with pytest.raises(Clash):
        appoint(email=person.email, role="auditor", now=clock.now())

    assert Grant.objects.filter(user=person, role=Role.AUDITOR).count() == 1


def test_the_shipped_districts_are_added_once(clock):
    first, again = add_districts(SHIPPED, now=clock.now()), add_districts(SHIPPED, now=clock.now())

    assert (len(first), again) == (len(SHIPPED), [])
    assert District.objects.get(code="340104").name == "蜀山区"
