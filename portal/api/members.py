"""Operations on who acts for an organisation: members, invitations, hand-overs."""

from uuid import UUID

from django.db.models import QuerySet

from portal.actions import handing_over, inviting, membership
from portal.api.member_shapes import (
    AdministrationIn,
    InvitationIn,
    InvitationOfferOut,
    InvitationOut,
    LastDayIn,
    RoleIn,
    SecretIn,
    WorkIn,
    WorkOut,
)
from portal.api.shapes import MembershipOut
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.models import Invitation, Membership, Organisation
from portal.permissions import may_manage_members, may_see_members, may_see_work
from portal.queries import invitations, members, organisations, work
from portal.web import find


@reads(MembershipOut, many=True)
def list_members(asked: Asked, pk: UUID) -> QuerySet[Membership]:
    """Who acts for an organisation today."""
    return organisations.members_now(seen(asked, pk).pk)


@reads(MembershipOut, many=True)
def list_former_members(asked: Asked, pk: UUID) -> QuerySet[Membership]:
    """Who acted for an organisation before, the newest ending first."""
    return members.former_members(seen(asked, pk).pk)


@acts(RoleIn, gives=MembershipOut)
def change_role(asked: Asked, pk: UUID, member: UUID) -> Membership:
    """Give a colleague another role from today on: the membership ends, another begins and is answered."""
    return membership.change_role(one(asked, pk, member).pk, **asked.given, by=asked.by, now=asked.now)


@acts(LastDayIn, gives=MembershipOut)
def set_last_day(asked: Asked, pk: UUID, member: UUID) -> Membership:
    """Say until when a colleague acts for an organisation."""
    return membership.set_last_day(one(asked, pk, member).pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=MembershipOut)
def end_membership(asked: Asked, pk: UUID, member: UUID) -> Membership:
    """Let somebody act for an organisation no longer."""
    return membership.end_membership(one(asked, pk, member).pk, by=asked.by, now=asked.now)


@acts(gives=MembershipOut)
def leave_organisation(asked: Asked, pk: UUID) -> Membership:
    """Act for an organisation no longer."""
    return membership.leave_organisation(seen(asked, pk).pk, by=asked.by, now=asked.now)


@acts(AdministrationIn, gives=MembershipOut)
def hand_over_administration(asked: Asked, pk: UUID) -> Membership:
    """Make a colleague administrator in your own place; answers their membership."""
    to = one(asked, pk, asked.given["to"])
    stay_as = asked.given["stay_as"]
    return membership.hand_over_administration(pk, to=to.pk, stay_as=stay_as, by=asked.by, now=asked.now)


@reads(WorkOut, many=True)
def list_open_work(asked: Asked, pk: UUID) -> list[work.Work]:
    """What is not finished in an organisation, and who looks after it."""
    return work.open_work(working(asked, pk).pk)


@acts(WorkIn, gives=WorkOut, many=True)
def hand_over_work(asked: Asked, pk: UUID) -> list[work.Work]:
    """Let a colleague look after pieces of open work from now on; answers all open work."""
    organisation = working(asked, pk)
    keys, to = asked.given["works"], asked.given["to"]
    handing_over.hand_over_work(organisation.pk, keys, to=to, by=asked.by, now=asked.now)
    return work.open_work(organisation.pk)


@reads(InvitationOut, many=True)
def list_invitations(asked: Asked, pk: UUID) -> QuerySet[Invitation]:
    """The open invitations of an organisation; for its administrators."""
    organisation = seen(asked, pk)
    require(may_manage_members(asked.by, organisation))
    return invitations.open_of(organisation.pk)


@acts(InvitationIn, gives=InvitationOut, status=201)
def invite_member(asked: Asked, pk: UUID) -> Invitation:
    """Invite an address by mail to act for an organisation; nothing tells whether it has an account."""
    organisation = find(organisations.visible_to(asked.by), pk=pk)
    return inviting.invite_member(organisation.pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=InvitationOut)
def resend_invitation(asked: Asked, pk: UUID, invitation: UUID) -> Invitation:
    """Send the mail of an invitation again, with another link."""
    return inviting.resend_invitation(sent(asked, pk, invitation).pk, by=asked.by, now=asked.now)


@acts(gives=InvitationOut)
def withdraw_invitation(asked: Asked, pk: UUID, invitation: UUID) -> Invitation:
    """Take an open invitation back."""
    return inviting.withdraw_invitation(sent(asked, pk, invitation).pk, by=asked.by, now=asked.now)


@acts(SecretIn, gives=InvitationOfferOut)
def show_offer(asked: Asked) -> Invitation:
    """What the link of an invitation offers; the secret goes in the body, where no log keeps it."""
    found = invitations.by_secret(asked.given["secret"])
    if found is None:
        raise NotFound("invitation_unknown", inviting.UNKNOWN)
    inviting.check_open(found, asked.now)
    return found


@acts(SecretIn, gives=MembershipOut)
def accept_invitation(asked: Asked) -> Membership:
    """Accept an invitation, with the secret of its link and the account it was sent to."""
    return inviting.accept_invitation(asked.given["secret"], by=asked.by, now=asked.now)


@acts(SecretIn)
def decline_invitation(asked: Asked) -> None:
    """Decline an invitation."""
    inviting.decline_invitation(asked.given["secret"], by=asked.by, now=asked.now)


def seen(asked: Asked, pk: UUID) -> Organisation:
    """An organisation whose members this person may see."""
    organisation = find(organisations.visible_to(asked.by), pk=pk)
    require(may_see_members(asked.by, organisation))
    return organisation


def one(asked: Asked, pk: UUID, member: UUID) -> Membership:
    """A membership of an organisation that this person may know."""
    return find(find(organisations.visible_to(asked.by), pk=pk).memberships, pk=member)


def sent(asked: Asked, pk: UUID, invitation: UUID) -> Invitation:
    """An invitation of an organisation; who does not manage its members learns nothing of it."""
    organisation = find(organisations.visible_to(asked.by), pk=pk)
    require(may_manage_members(asked.by, organisation))
    return find(invitations.visible_to(asked.by), pk=invitation, organisation=organisation)


def working(asked: Asked, pk: UUID) -> Organisation:
    """An organisation for which this person writes."""
    organisation = find(organisations.visible_to(asked.by), pk=pk)
    require(may_see_work(asked.by, organisation))
    return organisation
