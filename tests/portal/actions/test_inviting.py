"""Invitations by mail: one link, one address, one use; expired, withdrawn and reused ones say so."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from portal.actions.inviting import (
    MOST_MAILS,
    accept_invitation,
    decline_invitation,
    expire_invitation,
    invite_member,
    mail_invitation,
    resend_invitation,
    withdraw_invitation,
)
from portal.actions.membership import end_membership
from portal.clock import CLOCK, china_date
from portal.kernel.errors import Clash, NotAllowed, NotFound, PortalError, Refused, WrongState
from portal.kernel.masking import mask_mail
from portal.models import Event, Invitation, MemberRole, Message, OutboxJob, User
from portal.permissions import is_editor
from portal.queries.invitations import digest_of
from portal.states import InvitationState
from portal.tasks import expire_invitations
from portal.words import sentence

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def secret_of(invitation: Invitation, clock, number: int = 1) -> str:
    """Send the mail and take the secret out of it."""
    mail_invitation(invitation.pk, number, now=clock.now())
    return re.search(r"/invitations/([\w-]+)/", mail.outbox[-1].body).group(1)


@pytest.fixture
def firm(make):
    organisation = make.organisation("甲公司")
    return organisation, make.administrator(organisation)


@pytest.fixture
def invited(firm, make, clock):
    """An open invitation, its secret, and the person who has the address."""
    organisation, administrator = firm
    person = make.person("周岚")
    invitation = invite_member(organisation.pk, email=person.email.upper(), role="editor", by=administrator, now=clock.now())
    return invitation, secret_of(invitation, clock), person


def test_whoever_has_the_address_accepts_and_acts_from_today(invited, firm, clock):
    invitation, secret, person = invited

    membership = accept_invitation(secret, by=person, now=clock.now())

    organisation, administrator = firm
    assert (membership.role, membership.starts_on) == (MemberRole.EDITOR, china_date(clock.now()))
    assert is_editor(fresh(person), organisation.pk)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.membership, invitation.answered_by) == (InvitationState.ACCEPTED, membership, person)
    assert list(Message.objects.values_list("kind", "to")) == [("invitation_accepted", administrator.pk)]


def test_the_secret_is_in_the_mail_and_nowhere_else(invited):
    invitation, secret, _person = invited

    invitation.refresh_from_db()
    kept = [*Event.objects.values_list("body", flat=True), *map(str, OutboxJob.objects.values_list("arguments", flat=True))]
    assert invitation.digest == digest_of(secret)
    assert not any(secret in each for each in kept)
    assert mail.outbox[0].to == [invitation.email]


def test_an_address_without_account_is_answered_like_one_with(firm, make, clock):
    organisation, administrator = firm
    known = invite_member(organisation.pk, email=make.person().email, role="viewer", by=administrator, now=clock.now())
    unknown = invite_member(organisation.pk, email="nobody@example.org", role="viewer", by=administrator, now=clock.now())

    assert (known.state, known.expires_on) == (unknown.state, unknown.expires_on)
    assert unknown.expires_on == china_date(clock.now()) + timedelta(days=14)


def test_another_address_is_told_which_one_masked(invited, make, clock):
    _invitation, secret, _person = invited
    other = make.person()

    with pytest.raises(NotAllowed) as refusal:
        accept_invitation(secret, by=other, now=clock.now())

    assert refusal.value.code == "another_address"
    assert mask_mail(other.email) in sentence(refusal.value)
    assert "p***@example.org" in sentence(refusal.value)


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda i, s, p, admin, now: accept_invitation(s, by=p, now=now), "invitation_used"),
        (lambda i, s, p, admin, now: decline_invitation(s, by=None, now=now), "invitation_declined"),
        (lambda i, s, p, admin, now: withdraw_invitation(i.pk, by=admin, now=now), "invitation_withdrawn"),
    ],
)
def test_a_link_works_once(invited, firm, clock, end, code):
    invitation, secret, person = invited
    end(invitation, secret, person, firm[1], clock.now())

    with pytest.raises(WrongState) as again:
        accept_invitation(secret, by=person, now=clock.now())
    with pytest.raises(WrongState):
        decline_invitation(secret, by=person, now=clock.now())
    with pytest.raises(WrongState):
        resend_invitation(invitation.pk, by=firm[1], now=clock.now())

    assert again.value.code == code


def test_it_holds_through_its_last_day_and_the_clock_ends_it_after(invited, firm, clock):
    invitation, secret, person = invited
    clock.forward(days=14)
    expire_invitations()
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.INVITED
    clock.forward(days=1)

    with pytest.raises(WrongState) as refusal:
        accept_invitation(secret, by=person, now=clock.now())
    expire_invitations()
    expire_invitations()

    assert refusal.value.code == "invitation_expired"
    invitation.refresh_from_db()
    assert invitation.state == InvitationState.EXPIRED
    assert [each.to for each in Message.objects.filter(kind="invitation_expired")] == [firm[1]]
    assert expire_invitation(invitation.pk, by=CLOCK, now=clock.now()) is None


def test_an_expired_address_may_be_invited_again(invited, firm, clock):
    _invitation, _secret, person = invited
    organisation, administrator = firm
    clock.forward(days=15)
    expire_invitations()

    again = invite_member(organisation.pk, email=person.email, role="viewer", by=administrator, now=clock.now())

    assert accept_invitation(secret_of(again, clock), by=person, now=clock.now()).role == MemberRole.VIEWER


def test_sending_again_makes_the_old_link_worthless_and_gives_time(invited, firm, clock):
    invitation, old, person = invited
    clock.forward(days=10)

    again = resend_invitation(invitation.pk, by=firm[1], now=clock.now())
    new = secret_of(again, clock, 2)

    assert again.expires_on == china_date(clock.now()) + timedelta(days=14)
    with pytest.raises(NotFound) as refusal:
        accept_invitation(old, by=person, now=clock.now())
    assert refusal.value.code == "invitation_unknown"
    assert accept_invitation(new, by=person, now=clock.now()).user == person


def test_it_is_not_sent_without_end(invited, firm, clock):
    invitation, _secret, _person = invited
    for _ in range(MOST_MAILS - 1):
        resend_invitation(invitation.pk, by=firm[1], now=clock.now())

    with pytest.raises(Refused) as refusal:
        resend_invitation(invitation.pk, by=firm[1], now=clock.now())

    assert refusal.value.code == "too_many_mails"


def test_a_mail_job_that_runs_twice_sends_one_mail(invited, clock):
    invitation, secret, person = invited

    assert mail_invitation(invitation.pk, 1, now=clock.now()) is False

    assert len(mail.outbox) == 1
    assert accept_invitation(secret, by=person, now=clock.now())


class Broken(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_a_mail_that_did_not_go_may_be_tried_again(firm, clock, settings):
    organisation, administrator = firm
    invitation = invite_member(organisation.pk, email="a@example.org", role="viewer", by=administrator, now=clock.now())
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Broken"
    with pytest.raises(OSError):
        mail_invitation(invitation.pk, 1, now=clock.now())
    settings.EMAIL_BACKEND = working

    assert mail_invitation(invitation.pk, 1, now=clock.now()) is True


@pytest.mark.parametrize(
    ("email", "code"), [("editor", "member_already"), ("twice@example.org", "invited_already")]
)
def test_nobody_is_invited_twice(firm, make, clock, email, code):
    organisation, administrator = firm
    address = make.member(organisation, MemberRole.EDITOR).email if email == "editor" else email
    if code == "invited_already":
        invite_member(organisation.pk, email=address, role="viewer", by=administrator, now=clock.now())

    with pytest.raises(Clash) as refusal:
        invite_member(organisation.pk, email=address.upper(), role="editor", by=administrator, now=clock.now())

    assert refusal.value.code == code


def test_a_membership_offered_with_a_last_day_has_it(firm, make, clock):
    organisation, administrator = firm
    person, today = make.person(), china_date(clock.now())
    offer = {"email": person.email, "role": "editor", "by": administrator, "now": clock.now()}

    with pytest.raises(Refused) as refusal:
        invite_member(organisation.pk, **offer, ends_on=today + timedelta(days=13))
    invitation = invite_member(organisation.pk, **offer, ends_on=today + timedelta(days=60))
    membership = accept_invitation(secret_of(invitation, clock), by=person, now=clock.now())

    assert (refusal.value.code, refusal.value.facts["field"]) == ("ends_too_early", "ends_on")
    assert membership.ends_on == today + timedelta(days=60)


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.VIEWER])
def test_only_an_administrator_invites_sends_again_and_withdraws(invited, firm, make, clock, role):
    invitation, organisation = invited[0], firm[0]
    by, now = make.member(organisation, role), clock.now()

    for act in (
        lambda: invite_member(organisation.pk, email="b@example.org", role="editor", by=by, now=now),
        lambda: resend_invitation(invitation.pk, by=by, now=now),
        lambda: withdraw_invitation(invitation.pk, by=by, now=now),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_administrator_who_was_ended_meanwhile_invites_nobody(firm, make, clock):
    organisation, administrator = firm
    other = make.member(organisation, MemberRole.ADMINISTRATOR)
    assert is_editor(other, organisation.pk)  # what they may do is read before they are ended
    end_membership(organisation.memberships.get(user=other).pk, by=administrator, now=clock.now())

    with pytest.raises(NotAllowed):
        invite_member(organisation.pk, email="b@example.org", role="editor", by=other, now=clock.now())


def test_an_unknown_link_says_what_to_do(make, clock):
    with pytest.raises(PortalError) as refusal:
        accept_invitation("x" * 43, by=make.person(), now=clock.now())

    assert (refusal.value.status, refusal.value.code) == (404, "invitation_unknown")
