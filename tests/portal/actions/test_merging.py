"""Two accounts of one person: proved by a code, one becomes an alias, what was done stays where it was."""

from datetime import timedelta

import pytest
from django.db import connection

from portal.actions import duties
from portal.actions.merging import MOST_ASKED, MOST_TRIES, ask_merge, merge_accounts, undo_merge
from portal.actions.tokens import create_token
from portal.clock import china_date, portal_now
from portal.duties import Duty, Scope
from portal.kernel.errors import NotAllowed, NotFound, Refused, WrongState
from portal.models import AccountMerge, DutyTaken, Event, MemberRole, OutboxJob, Role, User
from portal.permissions import is_administrator, is_officer
from portal.queries.organisations import members_now
from portal.queries.people import accounts_of
from portal.queries.tokens import valid_by
from portal.record import record
from portal.states import MergeState
from portal.tasks import lapse_merges

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def roles_of(user: User) -> dict:
    return {each.organisation_id: each.role for each in user.memberships.filter(ends_on=None)}


@pytest.fixture
def pair(make):
    """A person's new account, and their old one, which administers an organisation alone."""
    organisation = make.organisation()
    return make.person("周岚"), make.administrator(organisation), organisation


def test_memberships_end_and_begin_anew_and_the_alias_cannot_sign_in(make, pair, clock):
    kept, alias, organisation = pair
    old = organisation.memberships.get()
    _token, secret = create_token(name="desk", days=30, by=alias, now=clock.now())

    merge = make.merged(kept, alias)

    old.refresh_from_db()
    alias = fresh(alias)
    assert (merge.state, alias.alias_of, alias.is_active) == (MergeState.MERGED, kept, False)
    assert is_administrator(fresh(kept), organisation.pk)
    assert old.ends_on == china_date(clock.now()) - timedelta(days=1)
    assert [(each.user_id, each.role) for each in members_now(organisation.pk)] == [(kept.pk, MemberRole.ADMINISTRATOR)]
    assert valid_by(secret) is None
    assert accounts_of(kept.pk) == accounts_of(alias.pk) == {kept.pk, alias.pk}


def test_what_was_done_stays_under_the_old_name(make, pair, clock):
    kept, alias, organisation = pair
    event = record("organisation.noted", organisation, by=alias)
    body = event.body

    make.merged(kept, alias)

    event = Event.objects.get(pk=event.pk)
    assert (event.by_id, event.body) == (alias.pk, body)


def test_the_stronger_role_stays_and_a_last_day_goes_along(make, clock):
    first, second, third = make.organisation(), make.organisation(), make.organisation()
    kept, alias = make.member(first, MemberRole.ADMINISTRATOR), make.member(first, MemberRole.VIEWER)
    _join(alias, second, MemberRole.EDITOR)
    _join(kept, second, MemberRole.VIEWER)
    day = china_date(clock.now()) + timedelta(days=40)
    _join(alias, third, MemberRole.VIEWER, ends_on=day)

    make.merged(kept, alias)

    held = {each.organisation_id: (each.role, each.ends_on) for each in kept.memberships.all() if each.ends_on != _yesterday()}
    assert held == {first.pk: ("administrator", None), second.pk: ("editor", None), third.pk: ("viewer", day)}


def test_nobody_learns_which_address_has_an_account(make, clock):
    kept, other = make.person(), make.person()

    known = ask_merge(email=other.email, by=kept, now=clock.now())
    unknown = ask_merge(email="nobody@example.org", by=kept, now=clock.now())

    assert (known.state, known.expires_at - known.asked_at) == (unknown.state, unknown.expires_at - unknown.asked_at)
    with pytest.raises(Refused) as refusal:
        merge_accounts(unknown.pk, code="00000000", by=kept, now=clock.now())
    assert refusal.value.code == "wrong_code"


def test_the_code_is_nowhere_in_the_open(make, clock):
    kept, alias = make.person(), make.person()
    merge = ask_merge(email=alias.email, by=kept, now=clock.now())

    code = make.code_of(merge)

    kept_words = [*Event.objects.values_list("body", flat=True), *map(str, OutboxJob.objects.values_list("arguments", flat=True))]
    assert code not in "".join(kept_words) + fresh_merge(merge).digest


def fresh_merge(merge: AccountMerge) -> AccountMerge:
    return AccountMerge.objects.get(pk=merge.pk)


def test_a_code_is_tried_a_few_times_only(make, clock):
    kept, alias = make.person(), make.person()
    merge = ask_merge(email=alias.email, by=kept, now=clock.now())
    code = make.code_of(merge)
    wrong = "00000000" if code != "00000000" else "11111111"
    for _ in range(MOST_TRIES):
        with pytest.raises(Refused):
            merge_accounts(merge.pk, code=wrong, by=kept, now=clock.now())

    with pytest.raises(Refused) as refusal:
        merge_accounts(merge.pk, code=code, by=kept, now=clock.now())

    assert (refusal.value.code, fresh(alias).is_active) == ("wrong_code", True)


def test_a_code_lapses_and_another_takes_its_place(make, clock):
    kept, alias = make.person(), make.person()
    first = ask_merge(email=alias.email, by=kept, now=clock.now())
    code = make.code_of(first)
    clock.forward(minutes=31)
    with pytest.raises(Refused):
        merge_accounts(first.pk, code=code, by=kept, now=clock.now())
    lapse_merges()

    second = ask_merge(email=alias.email, by=kept, now=clock.now())

    assert (fresh_merge(first).state, second.state) == (MergeState.LAPSED, MergeState.ASKED)
    with pytest.raises(WrongState):
        merge_accounts(first.pk, code=code, by=kept, now=clock.now())


def test_codes_are_not_asked_for_without_end_nor_for_oneself(make, clock):
    kept = make.person()
    with pytest.raises(Refused) as own:
        ask_merge(email=kept.email.upper(), by=kept, now=clock.now())
    for number in range(MOST_ASKED):
        ask_merge(email=f"x{number}@example.org", by=kept, now=clock.now())

    with pytest.raises(Refused) as refusal:
        ask_merge(email="y@example.org", by=kept, now=clock.now())

    assert (own.value.code, refusal.value.code) == ("own_address", "too_many_codes")


def test_somebody_elses_merge_does_not_exist(make, clock):
    merge = ask_merge(email=make.person().email, by=make.person(), now=clock.now())

    with pytest.raises(NotFound):
        merge_accounts(merge.pk, code=make.code_of(merge), by=make.person(), now=clock.now())


def test_a_mailbox_alone_gives_no_office(make, clock):
    kept, alias = make.person(), make.officer()
    merge = ask_merge(email=alias.email, by=kept, now=clock.now())

    with pytest.raises(Refused) as refusal:
        merge_accounts(merge.pk, code=make.code_of(merge), by=kept, now=clock.now())

    assert refusal.value.code == "factor_needed"
    assert (is_officer(fresh(kept)), is_officer(fresh(alias))) == (False, True)


def test_duties_that_may_not_meet_keep_two_accounts_apart(make, clock):
    kept, alias, organisation = make.person(), make.person(), make.organisation()
    place = Scope.CASE.of(organisation.pk)
    duties.take_duty(Duty.CONVENES_PANEL, place, by=kept, now=clock.now())
    duties.take_duty(Duty.NAMES_EXPERTS, place, by=alias, now=clock.now())
    merge = ask_merge(email=alias.email, by=kept, now=clock.now())

    with pytest.raises(Refused) as refusal:
        merge_accounts(merge.pk, code=make.code_of(merge), by=kept, now=clock.now())

    assert refusal.value.code == "merge_duties_meet"
    assert fresh(alias).is_active


def test_a_member_of_the_party_and_whoever_handles_its_case_stay_apart(make, clock):
    organisation = make.organisation()
    kept, alias = make.person(), make.administrator(organisation)
    place = Scope.CASE.of(organisation.pk)
    duties.name_parties(place, [organisation.pk])
    duties.take_duty(Duty.HANDLES_CASE, place, by=kept, now=clock.now())
    merge = ask_merge(email=alias.email, by=kept, now=clock.now())

    with pytest.raises(Refused) as refusal:
        merge_accounts(merge.pk, code=make.code_of(merge), by=kept, now=clock.now())

    assert refusal.value.code == "merge_duties_meet"


def test_both_accounts_count_as_one_person_afterwards(make, clock):
    kept, alias, organisation = make.person(), make.person(), make.organisation()
    place = Scope.CASE.of(organisation.pk)
    duties.take_duty(Duty.CONVENES_PANEL, place, by=alias, now=clock.now())
    make.merged(kept, alias)

    with pytest.raises(NotAllowed):
        duties.take_duty(Duty.NAMES_EXPERTS, place, by=fresh(kept), now=clock.now())

    assert list(DutyTaken.objects.values_list("user", flat=True)) == [alias.pk]


def test_an_experts_account_is_the_one_to_keep(make, clock):
    kept, expert = make.person(), make.expert()
    merge = ask_merge(email=kept.email, by=expert, now=clock.now())
    other = ask_merge(email=expert.email, by=kept, now=clock.now())
    expert.grants.update(ended_at=clock.now())

    with pytest.raises(Refused) as refusal:
        merge_accounts(other.pk, code=make.code_of(other), by=kept, now=clock.now())
    merged = merge_accounts(merge.pk, code=make.code_of(merge), by=expert, now=clock.now())

    assert (refusal.value.code, merged.state) == ("merge_duties_meet", MergeState.MERGED)


def test_an_officer_takes_it_back_within_the_time(make, pair, clock):
    kept, alias, organisation = pair
    merge = make.merged(kept, alias)
    clock.forward(days=30)

    undone = undo_merge(merge.pk, why="两人同名。", by=make.officer(), now=clock.now())

    alias = fresh(alias)
    assert (undone.state, alias.alias_of, alias.is_active) == (MergeState.UNDONE, None, True)
    assert is_administrator(alias, organisation.pk)
    assert roles_of(kept) == {}
    assert accounts_of(kept.pk) == {kept.pk}
    connection.check_constraints()  # while the clock still stands there: an administrator is left


def test_taking_back_gives_the_person_their_weaker_role_again(make, clock):
    organisation = make.organisation()
    kept, alias = make.member(organisation, MemberRole.VIEWER), make.member(organisation, MemberRole.EDITOR)
    merge = make.merged(kept, alias)
    assert roles_of(kept) == {organisation.pk: "editor"}
    clock.forward(days=1)

    undo_merge(merge.pk, why="误操作。", by=make.officer(), now=clock.now())

    assert (roles_of(kept), roles_of(alias)) == ({organisation.pk: "viewer"}, {organisation.pk: "editor"})


def test_it_is_taken_back_by_an_officer_with_a_reason_and_in_time(make, pair, clock):
    kept, alias, _organisation = pair
    merge, officer = make.merged(kept, alias), make.officer()

    with pytest.raises(NotAllowed):
        undo_merge(merge.pk, why="为什么。", by=make.official(Role.AUDITOR), now=clock.now())
    with pytest.raises(Refused) as empty:
        undo_merge(merge.pk, why=" ", by=officer, now=clock.now())
    clock.forward(days=31)
    with pytest.raises(Refused) as late:
        undo_merge(merge.pk, why="太晚。", by=officer, now=clock.now())

    assert (empty.value.code, late.value.code) == ("reason_missing", "too_late")


def _join(user: User, organisation, role: MemberRole, **dates) -> None:
    organisation.memberships.create(user=user, role=role, starts_on="2020-01-01", **dates)


def _yesterday():
    return china_date(portal_now()) - timedelta(days=1)
