"""Who acts for an organisation: roles change, people leave, administrators hand over; roles of officials begin."""

from datetime import timedelta

import pytest
from django.db.models import F

from portal.actions.appointing import add_districts, appoint
from portal.actions.membership import (
    change_role,
    end_membership,
    hand_over_administration,
    leave_organisation,
    set_last_day,
)
from portal.clock import china_date
from portal.districts import SHIPPED
from portal.kernel.errors import Clash, NotAllowed, NotFound, Refused
from portal.models import District, Event, Grant, MemberRole, Membership, Message, Role, User
from portal.permissions import is_administrator, is_editor, is_officer
from portal.queries.organisations import members_now

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def firm(make):
    """An organisation with its administrator and an editor."""
    organisation = make.organisation()
    return organisation, make.administrator(organisation), make.member(organisation, MemberRole.EDITOR)


def of(user: User, organisation) -> Membership:
    """The newest membership of a person."""
    return organisation.memberships.filter(user=user).order_by("-starts_on", F("ends_on").desc(nulls_first=True)).first()


def told(kind: str) -> set:
    return set(Message.objects.filter(kind=kind).values_list("to", flat=True))


def test_another_role_is_another_membership_with_no_day_between(firm, clock):
    organisation, administrator, editor = firm
    old = of(editor, organisation)

    new = change_role(old.pk, role="administrator", by=administrator, now=clock.now())

    old.refresh_from_db()
    assert (old.role, new.role) == (MemberRole.EDITOR, MemberRole.ADMINISTRATOR)
    assert (new.starts_on - old.ends_on, new.ends_on) == (timedelta(days=1), None)
    assert is_administrator(fresh(editor), organisation.pk)
    assert told("role_changed") == {editor.pk}


def test_a_role_may_change_twice_on_one_day(firm, clock):
    organisation, administrator, editor = firm

    first = change_role(of(editor, organisation).pk, role="viewer", by=administrator, now=clock.now())
    second = change_role(first.pk, role="editor", by=administrator, now=clock.now())

    first.refresh_from_db()
    assert first.ends_on == first.starts_on - timedelta(days=1)
    assert (second.role, is_editor(fresh(editor), organisation.pk)) == (MemberRole.EDITOR, True)
    with pytest.raises(Clash) as refusal:
        change_role(second.pk, role="editor", by=administrator, now=clock.now())
    assert refusal.value.code == "role_same"


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.VIEWER])
def test_only_an_administrator_says_who_acts(make, clock, role):
    organisation = make.organisation()
    by, membership = make.member(organisation, role), organisation.memberships.order_by("starts_on").first()
    now = clock.now()

    for act in (
        lambda: change_role(membership.pk, role="viewer", by=by, now=now),
        lambda: set_last_day(membership.pk, ends_on=None, by=by, now=now),
        lambda: end_membership(membership.pk, by=by, now=now),
        lambda: hand_over_administration(organisation.pk, to=membership.pk, by=by, now=now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_whoever_is_ended_may_do_nothing_any_more(firm, clock):
    organisation, administrator, editor = firm
    membership = of(editor, organisation)

    end_membership(membership.pk, by=administrator, now=clock.now())

    assert not is_editor(fresh(editor), organisation.pk)
    assert told("membership_ended") == {editor.pk}
    with pytest.raises(Clash):
        end_membership(membership.pk, by=administrator, now=clock.now())


def test_a_membership_holds_up_to_its_last_day(firm, clock):
    organisation, administrator, editor = firm
    today = china_date(clock.now())

    set_last_day(of(editor, organisation).pk, ends_on=today + timedelta(days=3), by=administrator, now=clock.now())
    with pytest.raises(Refused) as refusal:
        set_last_day(of(editor, organisation).pk, ends_on=today - timedelta(days=1), by=administrator, now=clock.now())

    assert refusal.value.code == "last_day_past"
    clock.forward(days=3)
    assert is_editor(fresh(editor), organisation.pk)
    clock.forward(days=1)
    assert not is_editor(fresh(editor), organisation.pk)


def test_the_last_administrator_stays(firm, clock):
    organisation, administrator, _editor = firm
    membership, now = of(administrator, organisation), clock.now()
    acts = (
        lambda: end_membership(membership.pk, by=administrator, now=now),
        lambda: change_role(membership.pk, role="editor", by=administrator, now=now),
        lambda: set_last_day(membership.pk, ends_on=china_date(now) + timedelta(days=9), by=administrator, now=now),
        lambda: leave_organisation(organisation.pk, by=administrator, now=now),
    )

    refused = []
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        refused.append(refusal.value.code)

    assert refused == ["last_administrator"] * 4
    membership.refresh_from_db()
    assert (membership.role, membership.ends_on) == (MemberRole.ADMINISTRATOR, None)


def test_an_administrator_with_a_last_day_does_not_let_the_other_leave(firm, make, clock):
    organisation, administrator, editor = firm
    other = change_role(of(editor, organisation).pk, role="administrator", by=administrator, now=clock.now())
    set_last_day(other.pk, ends_on=china_date(clock.now()) + timedelta(days=30), by=administrator, now=clock.now())

    with pytest.raises(Refused) as refusal:
        leave_organisation(organisation.pk, by=administrator, now=clock.now())

    assert refusal.value.code == "last_administrator"


def test_anybody_leaves_and_the_administrators_hear_of_it(firm, clock):
    organisation, administrator, editor = firm

    leave_organisation(organisation.pk, by=editor, now=clock.now())

    assert not is_editor(fresh(editor), organisation.pk)
    assert told("member_left") == {administrator.pk}
    with pytest.raises(NotAllowed):
        leave_organisation(organisation.pk, by=fresh(editor), now=clock.now())


@pytest.mark.parametrize(("stay_as", "role"), [("editor", MemberRole.EDITOR), ("", None)])
def test_the_administration_is_handed_over_in_one_step(firm, clock, stay_as, role):
    organisation, administrator, editor = firm

    hand_over_administration(
        organisation.pk, to=of(editor, organisation).pk, stay_as=stay_as, by=administrator, now=clock.now()
    )

    assert is_administrator(fresh(editor), organisation.pk)
    assert not is_administrator(fresh(administrator), organisation.pk)
    now_held = members_now(organisation.pk).filter(user=administrator).first()
    assert (now_held.role if now_held else None) == role
    assert told("administration_handed_over") == {editor.pk} | ({administrator.pk} if stay_as else set())


def test_the_administration_is_not_handed_to_oneself_or_a_stranger(firm, make, clock):
    organisation, administrator, _editor = firm
    stranger = make.organisation().memberships.get()

    for to in (of(administrator, organisation).pk, stranger.pk):
        with pytest.raises(NotFound):
            hand_over_administration(organisation.pk, to=to, stay_as="editor", by=administrator, now=clock.now())


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
