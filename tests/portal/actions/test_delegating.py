"""Delegations: offered, accepted, declined, ended; what is refused; what nobody does for somebody else."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from challenges.actions.sealing import seal_bid
from funding.actions.accounts import enter_bank_account
from portal.actions import delegating
from portal.actions.inviting import invite_member
from portal.actions.setting import propose_setting
from portal.clock import china_date
from portal.kernel.errors import Clash, NotAllowed, NotFound, Refused, WrongState
from portal.models import Delegation, Event, MemberRole, Message, Role
from portal.permissions import is_administrator, is_officer
from portal.queries.acting import in_force, own_powers
from portal.queries.people import powers_of
from portal.record import record
from portal.states import DelegationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(make):
    return make.officer()


@pytest.fixture
def head(make):
    return make.division_head()


def told(kind):
    return list(Message.objects.filter(kind=kind).values_list("to", flat=True))


def offer(officer, delegate, clock, **changed):
    today = china_date(clock.now())
    asked = {"starts_on": today, "ends_on": today + timedelta(days=6), "reason": "休假。"}
    if "power" not in changed:
        asked["power"] = own_powers(officer)[0].pk
    return delegating.offer_delegation(**{**asked, **changed}, delegate=delegate.email, by=officer, now=clock.now())


def test_an_official_lends_a_role_and_a_colleague_of_the_bureau_uses_it_on_those_days(make, officer, head, clock):
    offered = offer(officer, head, clock)
    assert in_force(head, offered.pk) is None
    accepted = delegating.accept_delegation(offered.pk, by=head, now=clock.now())

    acting = make.acting(head, accepted)

    assert accepted.state == DelegationState.ACCEPTED
    assert (is_officer(acting), powers_of(acting).roles) == (True, {Role.OFFICER})
    assert (told("delegation_offered"), told("delegation_accepted")) == ([head.pk], [officer.pk])
    assert list(Event.objects.filter(subject_id=offered.pk).order_by("at").values_list("kind", "by")) == [
        ("delegation.offered", officer.pk), ("delegation.accepted", head.pk),
    ]  # fmt: skip


def test_it_begins_and_ends_at_midnight_in_china(make, officer, head, clock):
    clock.china(2026, 3, 2, 12)
    delegation = make.delegation(officer, head, starts_on=china_date(clock.now()) + timedelta(days=1), days=2)

    def holds():
        return in_force(head, delegation.pk) is not None

    assert not holds()
    clock.china(2026, 3, 2, 23, 59)
    assert not holds()
    clock.china(2026, 3, 3, 0, 0)
    assert holds()
    clock.china(2026, 3, 4, 23, 59)
    assert holds()
    clock.china(2026, 3, 5, 0, 0)
    assert not holds()


def test_it_ends_with_the_power_behind_it_and_with_either_persons_account(make, officer, head, clock):
    delegation = make.delegation(officer, head)

    officer.grants.update(ended_at=clock.now())
    assert in_force(head, delegation.pk) is None


def test_a_suspended_principal_lends_nothing_and_a_delegate_without_office_uses_nothing(make, officer, head, clock):
    delegation = make.delegation(officer, head)
    officer.is_active = False
    officer.save(update_fields=["is_active"])
    assert in_force(head, delegation.pk) is None
    officer.is_active = True
    officer.save(update_fields=["is_active"])
    assert in_force(head, delegation.pk) is not None

    head.grants.update(ended_at=clock.now())
    assert in_force(head, delegation.pk) is None


def test_a_membership_goes_to_a_colleague_of_the_same_organisation_alone(make, clock):
    firm, other = make.organisation(), make.organisation()
    administrator, editor, stranger = make.administrator(firm), make.editor(firm), make.administrator(other)

    with pytest.raises(Refused) as refusal:
        offer(administrator, stranger, clock)
    acting = make.acting(editor, make.delegation(administrator, editor))

    assert refusal.value.code == "delegate_unfit"
    assert is_administrator(acting, firm.pk)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.APPROVER, Role.AUDITOR, Role.SUPPORT])
def test_what_experts_approvers_auditors_and_support_hold_is_lent_to_nobody(make, head, clock, role):
    official = make.official(role)

    assert own_powers(official) == []
    with pytest.raises(NotFound):
        offer(official, head, clock, power=official.grants.get().pk)


def test_finance_does_not_act_for_the_bureau_nor_the_bureau_for_finance(make, officer, head, clock):
    preparer = make.preparer()

    for principal, delegate in ((officer, preparer), (preparer, head), (make.official(Role.DISCIPLINE), head)):
        with pytest.raises(Refused) as refusal:
            offer(principal, delegate, clock)
        assert refusal.value.code == "delegate_unfit"


def test_an_unknown_address_a_suspended_and_an_unfit_person_get_the_same_answer(make, officer, head, clock):
    plain, without_factor = make.person(), make.official(Role.LEADER)
    Authenticator.objects.filter(user=without_factor).delete()
    blocked = make.official(Role.LEADER)
    blocked.is_active = False
    blocked.save(update_fields=["is_active"])
    nobody = make.person()
    nobody.email = "nobody@example.org"

    answers = set()
    for delegate in (plain, without_factor, blocked, nobody):
        with pytest.raises(Refused) as refusal:
            offer(officer, delegate, clock)
        answers.add((refusal.value.code, str(refusal.value.message)))

    assert len(answers) == 1


def test_not_to_oneself_nor_to_an_old_account_of_ones_own(make, officer, clock):
    with pytest.raises(Refused) as refusal:
        offer(officer, officer, clock)

    assert refusal.value.code == "delegate_self"


@pytest.mark.parametrize(
    ("first", "last", "code"), [(-1, 3, "day_past"), (3, 2, "days_reversed"), (0, 90, "days_too_many"), (-3, -1, "day_past")]
)
def test_days_that_are_past_reversed_or_too_many_are_refused(officer, head, clock, first, last, code):
    today = china_date(clock.now())

    with pytest.raises(Refused) as refusal:
        offer(officer, head, clock, starts_on=today + timedelta(days=first), ends_on=today + timedelta(days=last))

    assert (refusal.value.code, Delegation.objects.count()) == (code, 0)


def test_one_power_is_lent_to_one_person_at_a_time(make, officer, head, clock):
    offered = offer(officer, head, clock)
    leader = make.official(Role.LEADER)

    with pytest.raises(Clash) as refusal:
        offer(officer, leader, clock, ends_on=china_date(clock.now()))
    delegating.decline_delegation(offered.pk, by=head, now=clock.now())

    assert refusal.value.code == "delegated_already"
    assert offer(officer, leader, clock).state == DelegationState.OFFERED
    assert told("delegation_declined") == [officer.pk]


def test_the_power_of_somebody_else_is_not_ones_own_to_lend(make, officer, head, clock):
    with pytest.raises(NotFound):
        offer(head, officer, clock, power=own_powers(officer)[0].pk)


def test_a_delegate_passes_nothing_on(make, officer, head, clock):
    acting = make.acting(head, make.delegation(officer, head))
    leader = make.official(Role.LEADER)

    with pytest.raises(NotAllowed) as refusal:
        offer(acting, leader, clock, power=officer.grants.get().pk)

    assert refusal.value.code == "acting_for_another"


def test_only_the_delegate_answers_and_only_once(make, officer, head, clock):
    offered = offer(officer, head, clock)

    with pytest.raises(NotFound):
        delegating.accept_delegation(offered.pk, by=officer, now=clock.now())
    delegating.accept_delegation(offered.pk, by=head, now=clock.now())
    with pytest.raises(WrongState):
        delegating.accept_delegation(offered.pk, by=head, now=clock.now())


def test_an_offer_whose_days_are_over_is_not_accepted(make, officer, head, clock):
    clock.china(2026, 3, 2)
    offered = make.offered(officer, head, days=1)
    clock.china(2026, 3, 3, 0, 0)

    with pytest.raises(Refused) as refusal:
        delegating.accept_delegation(offered.pk, by=head, now=clock.now())

    assert refusal.value.code == "delegation_over"


def test_a_power_that_is_gone_is_not_taken_over(make, officer, head, clock):
    offered = offer(officer, head, clock)
    officer.grants.update(ended_at=clock.now())

    with pytest.raises(Refused) as refusal:
        delegating.accept_delegation(offered.pk, by=head, now=clock.now())

    assert refusal.value.code == "power_gone"


def test_either_of_the_two_ends_it_and_the_other_hears(make, officer, head, clock):
    first = make.delegation(officer, head)
    delegating.end_delegation(first.pk, by=officer, now=clock.now())
    second = make.delegation(officer, head)
    delegating.end_delegation(second.pk, by=head, now=clock.now())

    assert in_force(head, first.pk) is None and in_force(head, second.pk) is None
    assert sorted(told("delegation_ended")) == sorted([head.pk, officer.pk])
    with pytest.raises(WrongState):
        delegating.end_delegation(second.pk, by=officer, now=clock.now())


def test_nobody_grants_proposes_settings_or_enters_bank_details_for_somebody_else(make, head, clock):
    firm = make.organisation()
    administrator, editor = make.administrator(firm), make.editor(firm)
    acting = make.acting(editor, make.delegation(administrator, editor))
    leader = make.official(Role.LEADER)
    acting_head = make.acting(leader, make.delegation(head, leader))
    account = {"holder": firm.name, "bank": "工商银行", "number": "6222020200112233", "by": acting, "now": clock.now()}

    tries = [
        lambda: invite_member(firm.pk, email="a@example.org", role="editor", by=acting, now=clock.now()),
        lambda: enter_bank_account(firm.pk, **account),
        lambda: propose_setting(
            "invitation_days", value=9, starts_on=china_date(clock.now()), why="短。", by=acting_head, now=clock.now()
        ),
    ]

    for attempt in tries:
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert refusal.value.code == "done_oneself"
    assert firm.bank_accounts.count() == 0


def test_a_bid_is_sealed_in_person(make, clock):
    bid = make.signed_off_bid()
    administrator, editor = make.administrator(bid.lead), make.member(bid.lead, MemberRole.EDITOR)
    acting = make.acting(editor, make.delegation(administrator, editor))

    with pytest.raises(NotAllowed) as refusal:
        seal_bid(bid.pk, by=acting, now=clock.now())

    assert refusal.value.code == "done_oneself"
    assert bid.seals.count() == 0


def test_who_only_looks_writes_no_event_whatever_the_action(make, clock):
    person = make.person()
    person.seen_by = make.supporter()

    with pytest.raises(NotAllowed) as refusal:
        record("tried", person, by=person)

    assert refusal.value.code == "looking_only"
