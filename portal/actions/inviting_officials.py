"""Invitations to offices: somebody without an account is asked by mail, accepts, and is proposed for the role."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_members as messages
from portal.actions.granting import OWN, propose
from portal.actions.granting_checks import check_reason, check_scope
from portal.actions.inviting import MOST_OPEN, check_address, check_ends, last_day, lock_open, send
from portal.clock import china_date
from portal.kernel.errors import Clash, NotAllowed, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_granters, lock_person
from portal.models import GrantProposal, Invitation, User
from portal.permissions import may_answer_invitation
from portal.permissions_on_granting import may_propose_role
from portal.queries.people import accounts_of, read_anew
from portal.states import InvitationState
from portal.tell import tell
from portal.transition import move

LAPSED = _("Whoever invited you does not give roles any more, so this link leads nowhere. Ask the bureau for another one.")
MEMBER = _("This invitation is to an organisation, not to an office. Accept it on the page of its link.")


@transaction.atomic
def invite_official(
    *, email: str, role: str, district_id: UUID | None = None, programme_id: UUID | None = None,
    ends_on: date | None = None, reason: str, by: User, now: datetime,
) -> Invitation:  # fmt: skip
    """Ask whoever has this address to take a role; a mail with a link goes out. ``ends_on`` is the role's last day.

    Nothing tells whether the address has an account. Raises NotAllowed, Refused (about role, scope and
    reason as :func:`portal.actions.granting.propose_grant`, ``own_role``, ``ends_too_early``,
    ``too_many_invitations``), Clash (``invited_already``).
    """
    lock_granters()
    read_anew(by)
    require(may_propose_role(by, programme_id))
    check_scope(role, district_id=district_id, programme_id=programme_id)
    check_reason(reason)
    address = email.strip().lower()
    if address == by.email:
        raise Refused("own_role", OWN, field="email")
    check_ends(ends_on, last_day(now))
    where = {"role": role, "district_id": district_id, "programme_id": programme_id}
    open_ones = Invitation.objects.filter(organisation=None, state=InvitationState.INVITED)
    if open_ones.filter(email=address, **where).exists():
        twice = _("There is an open invitation of %(email)s to this office. Send it again, or withdraw it first.")
        raise Clash("invited_already", twice, field="email", email=address)
    if open_ones.count() >= MOST_OPEN:
        raise Refused("too_many_invitations", _("%(most)s invitations are open. Withdraw some first."), most=MOST_OPEN)
    return send(email=address, **where, ends_on=ends_on, reason=reason.strip(), by=by, now=now)


@transaction.atomic
def accept_office(secret: str, *, by: User, now: datetime) -> GrantProposal:
    """Accept an office that a mail offers: whoever sent it proposes this person, from today on; a second official confirms.

    Only whoever is signed in with exactly the address it was sent to. Raises NotFound for an unknown link,
    NotAllowed (``another_address``, ``inviter_gone``), WrongState for a link that was used, withdrawn or
    expired, Clash (``role_held_already``, ``proposed_already``), Refused (``own_role``).
    """
    invitation = lock_open(secret, now=now)
    if invitation.organisation_id:
        raise NotFound("invitation_to_a_membership", MEMBER)
    person = lock_person(by.pk)
    require(may_answer_invitation(by))
    check_address(invitation, by)
    inviter = invitation.invited_by
    if not inviter.is_active or not may_propose_role(inviter, invitation.programme_id):
        raise NotAllowed("inviter_gone", LAPSED)
    if inviter.pk in accounts_of(by.pk):
        raise Refused("own_role", OWN)
    proposal = propose(
        person, role=invitation.role, district_id=invitation.district_id, programme_id=invitation.programme_id,
        starts_on=china_date(now), ends_on=invitation.ends_on, reason=invitation.reason, document=None,
        by=inviter, now=now, invitation=invitation,
    )  # fmt: skip
    invitation.answered_at, invitation.answered_by, invitation.proposal = now, by, proposal
    event = move(invitation, to=InvitationState.ACCEPTED, by=by, also=["answered_at", "answered_by", "proposal"])
    tell(messages.INVITATION_ACCEPTED, invitation, because=event)
    return proposal
