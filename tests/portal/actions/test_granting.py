"""Roles of officials: proposed by one, confirmed by another, never for oneself; their days and scopes."""

from datetime import timedelta

import pytest

from portal.actions.granting import confirm_proposal, decline_proposal, propose_end, propose_grant, withdraw_proposal
from portal.clock import china_date
from portal.kernel.errors import Clash, NotAllowed, PortalError, Refused, WrongState
from portal.models import Delegation, Event, Grant, GrantProposal, Message, Role, User
from portal.permissions import holds, is_officer, reviews_district
from portal.queries.events import last_words
from portal.states import ProposalState
from portal.words import sentence
from tests.making.members import LETTER

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def told(*kinds: str) -> set[tuple[str, str]]:
    """Who was told what, of these kinds."""
    return {(kind, str(to)) for kind, to in Message.objects.filter(kind__in=kinds).values_list("kind", "to")}


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


def test_one_proposes_another_confirms_and_the_role_holds(make, two, now, today):
    head, leader = two
    person = make.person("李维")

    proposal = make.proposal(person, by=head)
    assert not holds(fresh(person), Role.OFFICER)
    confirm_proposal(proposal.pk, by=leader, now=now)

    proposal.refresh_from_db()
    grant = Grant.objects.get(user=person)
    assert (grant.role, grant.starts_on, grant.ends_on, grant.granted_by, grant.confirmed_by) == ("officer", today, None, head, leader)
    assert (proposal.state, proposal.grant, proposal.decided_by) == (ProposalState.CONFIRMED, grant, leader)
    assert is_officer(fresh(person))
    assert told("role_proposed") == {("role_proposed", str(leader.pk))}
    assert told("role_granted", "role_confirmed") == {("role_granted", str(person.pk)), ("role_confirmed", str(head.pk))}
    events = Event.objects.filter(subject_id__in=[grant.pk, proposal.pk]).order_by("at").values_list("kind", "by")
    assert set(events) == {
        ("grantproposal.proposed", head.pk), ("grantproposal.confirmed", leader.pk), ("grant.started", leader.pk)
    }  # fmt: skip


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.DIVISION_HEAD, Role.LEADER)])
def test_nobody_else_proposes_or_confirms(make, two, now, today, role):
    proposal = make.proposal()
    by = make.official(role, make.district() if role == Role.DISTRICT else None)

    for act in (
        lambda: propose_grant(email="nobody@example.org", role="officer", starts_on=today, reason="x", by=by, now=now),
        lambda: confirm_proposal(proposal.pk, by=by, now=now),
        lambda: decline_proposal(proposal.pk, why="x", by=by, now=now),
        lambda: propose_end(two[0].grants.get().pk, reason="x", by=by, now=now),
    ):
        with pytest.raises(NotAllowed) as refusal:
            act()
        assert refusal.value.code == "not_allowed"


def test_whoever_proposed_does_not_confirm(make, two, now):
    proposal = make.proposal(by=two[1])

    for act in (lambda: confirm_proposal(proposal.pk, by=two[1], now=now), lambda: decline_proposal(proposal.pk, why="x", by=two[1], now=now)):
        with pytest.raises(NotAllowed) as refusal:
            act()
        assert refusal.value.code == "needs_second_person"


def test_nobody_proposes_confirms_or_ends_their_own_role(make, two, now):
    head, leader = two
    about_leader = make.proposal(leader, by=head)

    with pytest.raises(Refused) as own:
        make.proposal(head, by=head)
    with pytest.raises(NotAllowed) as confirmed:
        confirm_proposal(about_leader.pk, by=leader, now=now)
    with pytest.raises(NotAllowed) as ended:
        propose_end(head.grants.get().pk, reason="x", by=head, now=now)

    assert (own.value.code, own.value.facts["field"]) == ("own_role", "email")
    assert (confirmed.value.code, ended.value.code) == ("own_role", "own_role")


def test_two_accounts_of_one_person_are_one(make, two, clock):
    head, leader = two
    other = make.person()
    make.merged(leader, other)

    with pytest.raises(Refused) as for_oneself:
        make.proposal(other, by=leader)
    with pytest.raises(Refused) as of_an_alias:
        make.proposal(other, by=head)

    assert (for_oneself.value.code, of_an_alias.value.code) == ("own_role", "account_closed")


def test_under_a_delegation_nobody_gives_powers(make, two, now):
    head, leader = two
    proposal = make.proposal(by=head)
    deputy = make.person()
    deputy.delegation = Delegation(principal=leader, delegate=deputy, grant=leader.grants.get())

    with pytest.raises(NotAllowed) as refusal:
        confirm_proposal(proposal.pk, by=deputy, now=now)

    assert refusal.value.code == "acting_for_another"


@pytest.mark.parametrize("role", [Role.DIVISION_HEAD, Role.LEADER])
def test_a_leader_confirms_who_becomes_head_or_leader(make, two, now, role):
    _head, leader = two
    other_head, proposal = make.official(Role.DIVISION_HEAD), make.proposal(role=role)

    with pytest.raises(NotAllowed) as refusal:
        confirm_proposal(proposal.pk, by=other_head, now=now)
    confirm_proposal(proposal.pk, by=leader, now=now)

    assert refusal.value.code == "needs_leader"


def test_a_role_to_come_holds_from_its_first_day_to_its_last(make, two, clock, today):
    person = make.person()
    proposal = make.proposal(person, starts_on=today + 10 * DAY, ends_on=today + 12 * DAY)
    confirm_proposal(proposal.pk, by=two[1], now=clock.now())

    held = []
    for _ in range(14):
        held.append(is_officer(fresh(person)))
        clock.forward(days=1)

    assert held == [False] * 10 + [True] * 3 + [False]


def test_confirmed_late_it_begins_on_that_day(make, two, clock, today):
    proposal = make.proposal(ends_on=today + 3 * DAY)
    late = make.proposal(ends_on=today + DAY)
    clock.forward(days=2)

    confirmed = confirm_proposal(proposal.pk, by=two[1], now=clock.now())
    with pytest.raises(Refused) as refusal:
        confirm_proposal(late.pk, by=two[1], now=clock.now())

    assert confirmed.grant.starts_on == today + 2 * DAY
    assert refusal.value.code == "ends_before_it_begins"


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"starts_on": -1}, "starts_in_the_past", "starts_on"),
        ({"starts_on": 5, "ends_on": 4}, "ends_before_it_begins", "ends_on"),
        ({"role": "expert"}, "role_not_granted", "role"),
        ({"role": "nonsense"}, "role_not_granted", "role"),
        ({"role": "district"}, "district_missing", "district_id"),
        ({"district_id": True}, "district_unfit", "district_id"),
        ({"role": "support", "programme_id": True}, "programme_unfit", "programme_id"),
        ({"reason": "  "}, "reason_missing", "reason"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(make, today, said, code, field):
    said = {key: today + value * DAY if key.endswith("_on") else value for key, value in said.items()}
    if said.get("district_id"):
        said["district_id"] = make.district().pk
    if said.get("programme_id"):
        said["programme_id"] = make.programme().pk

    with pytest.raises(Refused) as refusal:
        make.proposal(**said)

    assert (refusal.value.code, refusal.value.facts["field"]) == (code, field)
    assert sentence(refusal.value).strip().endswith((".", "。"))
    assert not GrantProposal.objects.exists()


def test_a_closed_account_is_proposed_for_nothing_and_not_confirmed_either(make, two, now):
    person, other = make.person("张三"), make.person()
    proposal = make.proposal(other)
    User.objects.filter(pk__in=[person.pk, other.pk]).update(is_active=False)

    with pytest.raises(Refused) as closed:
        make.proposal(person)
    with pytest.raises(Refused) as meanwhile:
        confirm_proposal(proposal.pk, by=two[1], now=now)

    assert (closed.value.code, meanwhile.value.code) == ("account_closed", "account_closed")
    assert "张三" in sentence(closed.value)


def test_an_unknown_address_is_told_of_the_invitation(make, now, today):
    with pytest.raises(Refused) as refusal:
        propose_grant(email="nobody@example.org", role="officer", starts_on=today, reason="x", by=make.division_head(), now=now)

    assert refusal.value.code == "no_account"


def test_the_same_role_and_scope_do_not_overlap_others_do(make, two, now, today):
    person, programme, district = make.person(), make.programme(), make.district()
    confirm_proposal(make.proposal(person, ends_on=today + 9 * DAY).pk, by=two[1], now=now)

    for days in ((0, None), (9, None), (3, 5)):
        last = today + days[1] * DAY if days[1] else None
        with pytest.raises(Clash) as refusal:
            make.proposal(person, starts_on=today + days[0] * DAY, ends_on=last)
        assert refusal.value.code == "role_held_already"
    confirm_proposal(make.proposal(person, starts_on=today + 10 * DAY).pk, by=two[1], now=now)
    confirm_proposal(make.proposal(person, programme_id=programme.pk).pk, by=two[1], now=now)
    reviewer = confirm_proposal(make.proposal(person, role="district", district_id=district.pk).pk, by=two[1], now=now)

    assert person.grants.count() == 4
    assert reviews_district(fresh(person), district.pk) and reviewer.grant.district == district


def test_the_same_is_not_proposed_twice_while_it_waits(make, now):
    person = make.person()
    first = make.proposal(person)

    with pytest.raises(Clash) as refusal:
        make.proposal(person)
    withdraw_proposal(first.pk, by=make.division_head(), now=now)

    assert refusal.value.code == "proposed_already"
    assert make.proposal(person).state == ProposalState.PROPOSED


def test_a_second_click_and_a_decided_proposal_are_refused(make, two, now):
    proposal = make.proposal()
    confirm_proposal(proposal.pk, by=two[1], now=now)

    for act in (
        lambda: confirm_proposal(proposal.pk, by=two[1], now=now),
        lambda: decline_proposal(proposal.pk, why="x", by=two[1], now=now),
        lambda: withdraw_proposal(proposal.pk, by=two[0], now=now),
    ):
        with pytest.raises(WrongState):
            act()
    assert Grant.objects.filter(user=proposal.user).count() == 1


def test_declined_nothing_changes_and_the_reason_is_kept(make, two, now):
    proposal = make.proposal()

    with pytest.raises(Refused):
        decline_proposal(proposal.pk, why=" ", by=two[1], now=now)
    decline_proposal(proposal.pk, why="没有任命文件。", by=two[1], now=now)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.grant) == (ProposalState.REFUSED, None)
    assert last_words(proposal, "grantproposal.refused") == "没有任命文件。"
    assert told("role_refused", "role_granted") == {("role_refused", str(two[0].pk))}


def test_only_whoever_proposed_takes_it_back(make, two, now):
    proposal = make.proposal()

    with pytest.raises(NotAllowed):
        withdraw_proposal(proposal.pk, by=two[1], now=now)
    withdraw_proposal(proposal.pk, by=two[0], now=now)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == (ProposalState.WITHDRAWN, two[0])


def test_a_letter_is_kept_with_the_proposal(make, now, today):
    proposal = make.proposal(role=Role.APPROVER, document=("任命书.pdf", LETTER))

    assert (proposal.document.name, proposal.document.kind) == ("任命书.pdf", "application/pdf")
    with pytest.raises(PortalError):
        make.proposal(document=("任命书.exe", b"MZ"))


def test_who_heads_one_programme_gives_roles_there_alone(make, two, now, today):
    here, there = make.programme(), make.programme(notice_before_publishing=True)
    head_here, person = make.official_of(here, Role.DIVISION_HEAD), make.person()

    for programme_id in (None, there.pk):
        with pytest.raises(NotAllowed) as refusal:
            make.proposal(person, by=head_here, programme_id=programme_id)
        assert refusal.value.code == "other_programme"
    elsewhere = make.proposal(programme_id=there.pk)
    with pytest.raises(NotAllowed):
        confirm_proposal(elsewhere.pk, by=head_here, now=now)
    confirm_proposal(make.proposal(person, by=head_here, programme_id=here.pk).pk, by=two[0], now=now)

    assert is_officer(fresh(person), here.pk) and not is_officer(fresh(person), there.pk)
    assert ("role_proposed", str(head_here.pk)) not in told("role_proposed")
