"""Invitations: somebody is asked by mail to act for an organisation, and accepts, declines, or lets it expire."""

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from portal import messages_members as messages
from portal.actions.membership import begin, end, exchange
from portal.clock import china_date
from portal.enqueue import enqueue
from portal.kernel.errors import Clash, NotAllowed, NotFound, Refused, WrongState
from portal.kernel.masking import mask_mail
from portal.kernel.verdict import require
from portal.locks import lock_invitation, lock_organisation
from portal.models import Invitation, MemberRole, Membership, User
from portal.permissions import may_answer_invitation, may_manage_members
from portal.permissions_on_granting import may_propose_role
from portal.queries.invitations import by_secret, digest_of, open_of
from portal.queries.members import administrators_for_good, own_membership
from portal.queries.organisations import members_now
from portal.queries.people import read_anew
from portal.queries.settings import setting
from portal.record import record
from portal.states import InvitationState
from portal.tell import tell
from portal.transition import move

MOST_OPEN = 100
MOST_MAILS = 5

UNKNOWN = _("This link is not, or no longer, good. Use the one in the newest mail, or ask for another invitation.")
OFFICE = _("This invitation is to an office, not to an organisation. Accept it on the page of its link.")
ANOTHER = _("This invitation was sent to %(to)s, and you are signed in as %(you)s. Sign in with the address it was sent to.")
OVER = {
    InvitationState.ACCEPTED: ("invitation_used", _("This invitation was accepted already. A link works once.")),
    InvitationState.DECLINED: ("invitation_declined", _("This invitation was declined. Ask for another one if you want to accept.")),
    InvitationState.WITHDRAWN: ("invitation_withdrawn", _("This invitation was withdrawn. Ask whoever sent it.")),
    InvitationState.EXPIRED: ("invitation_expired", _("This invitation expired. Ask for another one.")),
}


@transaction.atomic
def invite_member(
    organisation_id: UUID, *, email: str, role: str, ends_on: date | None = None, by: User, now: datetime
) -> Invitation:
    """Ask whoever has this address to act for the organisation; a mail with a link goes out.

    Nothing tells whether the address has an account. ``ends_on`` is the last day of the membership.
    Raises NotAllowed, Clash (``member_already``, ``invited_already``), Refused (``ends_too_early``,
    ``too_many_invitations``).
    """
    organisation = lock_organisation(organisation_id)
    read_anew(by)
    require(may_manage_members(by, organisation))
    address, expires_on = email.strip().lower(), last_day(now)
    check_not_member(organisation_id, address)
    if open_of(organisation_id).filter(email=address).exists():
        twice = _("There is an open invitation to %(email)s. Send it again, or withdraw it first.")
        raise Clash("invited_already", twice, field="email", email=address)
    if open_of(organisation_id).count() >= MOST_OPEN:
        raise Refused("too_many_invitations", _("%(most)s invitations are open. Withdraw some first."), most=MOST_OPEN)
    check_ends(ends_on, expires_on)
    return send(organisation_id=organisation_id, email=address, role=MemberRole(role), ends_on=ends_on, by=by, now=now)


@transaction.atomic
def resend_invitation(invitation_id: UUID, *, by: User, now: datetime) -> Invitation:
    """Send the mail once more, with another link; the time to accept begins anew, the old link ends.

    Raises NotAllowed, WrongState when it is no longer open, Refused (``too_many_mails``).
    """
    invitation = lock_invitation(invitation_id)
    read_anew(by)
    require_sender(by, invitation)
    require_open(invitation)
    if invitation.mails_asked >= MOST_MAILS:
        enough = _("This invitation was sent %(most)s times. Withdraw it and ask your colleague for the right address.")
        raise Refused("too_many_mails", enough, most=MOST_MAILS)
    until = last_day(now)
    invitation.expires_on = min(until, invitation.ends_on) if invitation.ends_on else until
    invitation.mails_asked += 1
    invitation.save(update_fields=["expires_on", "mails_asked"])
    record("invitation.sent_again", invitation, by=by, facts={"mails": invitation.mails_asked})
    enqueue("portal.mail_invitation", invitation.pk, invitation.mails_asked)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation_id: UUID, *, by: User, now: datetime) -> Invitation:
    """Take an open invitation back; its link is worthless from here on. Raises NotAllowed, WrongState."""
    invitation = lock_invitation(invitation_id)
    read_anew(by)
    require_sender(by, invitation)
    require_open(invitation)
    move(invitation, to=InvitationState.WITHDRAWN, by=by)
    return invitation


@transaction.atomic
def accept_invitation(secret: str, *, by: User, now: datetime) -> Membership:
    """Accept what a mail offers: a membership begins today, with the role and last day it names.

    Only whoever is signed in with exactly the address it was sent to: holding the secret and signing
    in proves the address. Raises NotFound for an unknown link, NotAllowed (``another_address``),
    WrongState (``invitation_used``, ``…_declined``, ``…_withdrawn``, ``…_expired``), Clash
    (``member_already``).
    """
    invitation = lock_open(secret, now=now)
    require(may_answer_invitation(by))
    check_address(invitation, by)
    if invitation.organisation_id is None:
        raise NotFound("invitation_to_an_office", OFFICE)
    membership = take_up(invitation, by=by, now=now)
    for old in replaced_by(invitation, but=membership):
        facts = {"replacement": str(invitation.replacement.pk)}
        tell(messages.MEMBERSHIP_ENDED, old, because=end(old, by=by, now=now, facts=facts))
    invitation.answered_at, invitation.answered_by, invitation.membership = now, by, membership
    event = move(invitation, to=InvitationState.ACCEPTED, by=by, also=["answered_at", "answered_by", "membership"])
    tell(messages.INVITATION_ACCEPTED, invitation, because=event)
    return membership


@transaction.atomic
def decline_invitation(secret: str, *, by: User | None, now: datetime) -> Invitation:
    """Say no to an invitation; the link is enough, an account is not asked for.

    Raises NotFound, WrongState as :func:`accept_invitation`, and NotAllowed for somebody signed in
    with another address.
    """
    invitation = lock_open(secret, now=now)
    if by is not None:
        require(may_answer_invitation(by))
        check_address(invitation, by)
    invitation.answered_at, invitation.answered_by = now, by
    event = move(invitation, to=InvitationState.DECLINED, by=by, also=["answered_at", "answered_by"])
    tell(messages.INVITATION_DECLINED, invitation, because=event)
    return invitation


@transaction.atomic
def expire_invitation(invitation_id: UUID, *, by: None, now: datetime) -> Invitation | None:
    """The clock ends an invitation whose last day to accept is over; one that was answered stays as it is."""
    invitation = lock_invitation(invitation_id)
    if invitation.state != InvitationState.INVITED or china_date(now) <= invitation.expires_on:
        return None
    event = move(invitation, to=InvitationState.EXPIRED, by=by)
    tell(messages.INVITATION_EXPIRED, invitation, because=event)
    return invitation


@transaction.atomic
def mail_invitation(invitation_id: UUID, number: int, *, now: datetime) -> bool:
    """Send mail number ``number`` of an invitation, with a link made here; whether it went.

    The secret is in the mail and nowhere else: neither the job nor the record holds it. A job that
    runs twice sends nothing the second time. Raises OSError when the mail server refuses.
    """
    invitation = lock_invitation(invitation_id)
    if invitation.state != InvitationState.INVITED or invitation.mails_sent >= number:
        return False
    secret = secrets.token_urlsafe(32)
    invitation.digest, invitation.mails_sent = digest_of(secret), number
    invitation.save(update_fields=["digest", "mails_sent"])
    subject, text = words_of_mail(invitation)
    link = f"{settings.SITE_URL}{reverse('invitation', args=[secret])}"
    EmailMessage(subject, f"{text}\n\n{link}\n", to=[invitation.email]).send()
    return True


def send(*, email: str, role: str, by: User, now: datetime, **what: object) -> Invitation:
    """Write the invitation and promise its mail; who may send it was asked before."""
    invitation = Invitation.objects.create(
        email=email, role=role, expires_on=last_day(now), language=by.language, invited_at=now, invited_by=by, **what
    )
    facts = {"role": str(role), "organisation": str(invitation.organisation_id) if invitation.organisation_id else None}
    record("invitation.sent", invitation, by=by, facts=facts)
    enqueue("portal.mail_invitation", invitation.pk, 1)
    return invitation


def last_day(now: datetime) -> date:
    """The last day to accept an invitation that is sent now, by the city's settings."""
    return china_date(now) + timedelta(days=setting("invitation_days"))


def check_ends(ends_on: date | None, expires_on: date) -> None:
    """A membership does not end before it can be accepted."""
    if ends_on is not None and ends_on < expires_on:
        early = _("The invitation can be accepted until %(expires_on)s. Choose that day or a later one as the last day.")
        raise Refused("ends_too_early", early, field="ends_on", expires_on=expires_on)


def check_not_member(organisation_id: UUID, address: str) -> None:
    """The address is not that of somebody who acts for the organisation: administrators see those anyway."""
    member = members_now(organisation_id).filter(user__email=address).first()
    if member is not None:
        already = _("%(name)s acts for this organisation already. Change the role on the list of members instead.")
        raise Clash("member_already", already, field="email", name=member.user.name)


def check_address(invitation: Invitation, by: User) -> None:
    """Signed in with exactly the address the mail went to."""
    if by.email != invitation.email:
        raise NotAllowed("another_address", ANOTHER, to=mask_mail(invitation.email), you=mask_mail(by.email))


def require_sender(by: User, invitation: Invitation) -> None:
    """An administrator of the organisation; for a role, whoever sent it, as long as they may propose it."""
    if invitation.organisation_id:
        require(may_manage_members(by, invitation.organisation))
    elif invitation.invited_by_id != by.pk:
        raise NotFound()
    else:
        require(may_propose_role(by, invitation.programme_id))


def require_open(invitation: Invitation) -> None:
    """WrongState with the sentence of the state, unless the invitation is open."""
    if invitation.state in OVER:
        raise WrongState(*OVER[invitation.state])


def check_open(invitation: Invitation, now: datetime) -> None:
    """It is open and its last day to accept is not over, whether or not the clock has noted that yet."""
    require_open(invitation)
    if china_date(now) > invitation.expires_on:
        raise WrongState(*OVER[InvitationState.EXPIRED])


def lock_open(secret: str, *, now: datetime) -> Invitation:
    """Hold the open invitation to which a link belongs. Raises NotFound, WrongState with the sentence that fits."""
    found = by_secret(secret)
    if found is None:
        raise NotFound("invitation_unknown", UNKNOWN)
    invitation = lock_invitation(found.pk)
    check_open(invitation, now)
    return invitation


def take_up(invitation: Invitation, *, by: User, now: datetime) -> Membership:
    """Begin the membership that is offered. A colleague whom the bureau appoints changes the role instead."""
    organisation, role = invitation.organisation, MemberRole(invitation.role)
    present = own_membership(by, organisation.pk)
    if present is None:
        facts = {"invitation": str(invitation.pk)}
        return begin(organisation, by, role, ends_on=invitation.ends_on, by=by, now=now, facts=facts)
    if not hasattr(invitation, "replacement") or (present.role == role and present.ends_on is None):
        raise Clash("member_already", _("You act for %(name)s already, so there is nothing to accept."), name=organisation.name)
    return exchange(present, role, by=by, now=now, ends_on=None)


def replaced_by(invitation: Invitation, *, but: Membership) -> list[Membership]:
    """The memberships of the administrators who are gone, where the bureau appoints a new one on a letter."""
    if not hasattr(invitation, "replacement"):
        return []
    return list(administrators_for_good(invitation.organisation_id).exclude(pk=but.pk))


def words_of_mail(invitation: Invitation) -> tuple[str, str]:
    """Subject and text of the mail, in the language of whoever invites."""
    with override(invitation.language):
        template = get_template("mail/invitation.txt").template
        text = template.render(Context({"invitation": invitation}, autoescape=False))
    subject, _newline, rest = text.strip().partition("\n")
    return subject.strip(), rest.strip()
