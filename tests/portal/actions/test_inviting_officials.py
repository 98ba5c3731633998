"""Invitations to offices: accepted they lead to a proposal, which a second official confirms like any other."""

from datetime import timedelta

import pytest

from portal.actions.granting import confirm_proposal, propose_end
from portal.actions.inviting import accept_invitation, decline_invitation, resend_invitation, withdraw_invitation
from portal.actions.inviting_officials import accept_office
from portal.clock import china_date
from portal.kernel.errors import Clash, NotAllowed, NotFound, Refused, WrongState
from portal.models import Event, Grant, GrantProposal, Message, Role, User
from portal.permissions import is_officer
from portal.states import InvitationState, ProposalState

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(make):
    """Who invites and who confirms."""
    return make.division_head(), make.leader()


def test_accepted_it_is_a_proposal_and_confirmed_a_role(make, two, clock):
    head, leader = two
    person, today = make.person("李维"), china_date(clock.now())
    offer = make.offer(person.email.upper(), ends_on=today + timedelta(days=90))
    secret = make.secret_of(offer)

    proposal = accept_office(secret, by=person, now=clock.now())

    offer.refresh_from_db()
    assert (offer.state, offer.proposal, offer.answered_by) == (InvitationState.ACCEPTED, proposal, person)
    assert (proposal.state, proposal.proposed_by, proposal.starts_on) == (ProposalState.PROPOSED, head, today)
    assert (proposal.ends_on, proposal.reason) == (today + timedelta(days=90), "岗位空缺。")
    assert not is_officer(User.objects.get(pk=person.pk))
    assert set(Message.objects.values_list("kind", "to")) == {("role_proposed", leader.pk), ("invitation_accepted", head.pk)}
    assert Event.objects.get(kind="grantproposal.proposed").by == person
    with pytest.raises(NotAllowed):
        confirm_proposal(proposal.pk, by=head, now=clock.now())
    confirm_proposal(proposal.pk, by=leader, now=clock.now())
    assert is_officer(User.objects.get(pk=person.pk))


def test_a_link_works_once_and_not_after_its_days(make, two, clock):
    person, late = make.person(), make.person()
    used, expired = make.secret_of(make.offer(person.email)), make.secret_of(make.offer(late.email))
    accept_office(used, by=person, now=clock.now())

    with pytest.raises(WrongState) as again:
        accept_office(used, by=person, now=clock.now())
    clock.forward(days=15)
    with pytest.raises(WrongState) as over:
        accept_office(expired, by=late, now=clock.now())

    assert (again.value.code, over.value.code) == ("invitation_used", "invitation_expired")
    assert GrantProposal.objects.count() == 1


def test_only_the_address_it_was_sent_to_accepts(make, two, clock):
    secret = make.secret_of(make.offer())

    with pytest.raises(NotAllowed) as refusal:
        accept_office(secret, by=make.person(), now=clock.now())

    assert refusal.value.code == "another_address"


def test_declined_or_withdrawn_it_leads_nowhere(make, two, clock):
    head = two[0]
    person = make.person()
    declined, withdrawn = make.offer(person.email), make.offer(person.email, role=Role.DRAW_CLERK)
    one, other = make.secret_of(declined), make.secret_of(withdrawn)

    decline_invitation(one, by=None, now=clock.now())
    withdraw_invitation(withdrawn.pk, by=head, now=clock.now())

    for secret in (one, other):
        with pytest.raises(WrongState):
            accept_office(secret, by=person, now=clock.now())
    assert list(Message.objects.filter(kind="invitation_declined").values_list("to", flat=True)) == [head.pk]


def test_the_two_kinds_of_link_are_not_exchanged(make, two, clock):
    person = make.person()
    office, membership = make.secret_of(make.offer(person.email)), make.secret_of(make.invitation(make.organisation(), email=person.email))

    with pytest.raises(NotFound):
        accept_invitation(office, by=person, now=clock.now())
    with pytest.raises(NotFound):
        accept_office(membership, by=person, now=clock.now())


def test_who_lost_the_power_meanwhile_brings_nobody_in(make, two, clock):
    leader = two[1]
    head, person = make.official(Role.DIVISION_HEAD), make.person()
    offer = make.offer(person.email, by=head)
    secret = make.secret_of(offer)
    confirm_proposal(propose_end(head.grants.get().pk, reason="x", by=two[0], now=clock.now()).pk, by=leader, now=clock.now())

    with pytest.raises(NotAllowed) as accepted:
        accept_office(secret, by=person, now=clock.now())
    with pytest.raises(NotAllowed):
        resend_invitation(offer.pk, by=head, now=clock.now())

    assert accepted.value.code == "inviter_gone"
    assert not Grant.objects.filter(user=person).exists()


def test_nobody_invites_themselves_twice_or_without_the_power(make, two, clock):
    head, leader = two
    offer = make.offer("new@example.org")

    with pytest.raises(Refused) as own:
        make.offer(head.email)
    with pytest.raises(Clash) as twice:
        make.offer("NEW@example.org", by=leader)
    with pytest.raises(NotAllowed):
        make.offer(by=make.officer())
    with pytest.raises(NotFound):
        withdraw_invitation(offer.pk, by=leader, now=clock.now())

    assert (own.value.code, twice.value.code) == ("own_role", "invited_already")


def test_an_auditor_holds_nothing_beside(make, two, clock):
    auditor, officer = make.official(Role.AUDITOR), make.officer()
    secret = make.secret_of(make.offer(auditor.email))

    for person, role in ((auditor, Role.OFFICER), (officer, Role.AUDITOR)):
        with pytest.raises(Refused) as refusal:
            make.proposal(person, role=role)
        assert refusal.value.code == "auditor_alone"
    with pytest.raises(NotAllowed) as accepted:
        accept_office(secret, by=auditor, now=clock.now())

    assert accepted.value.code == "auditor_only_reads"
