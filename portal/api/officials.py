"""Operations on officials: who holds which role, proposals and their decisions, invitations to offices."""

from base64 import b64decode
from binascii import Error
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.actions import granting, inviting_officials
from portal.api.member_shapes import SecretIn
from portal.api.official_shapes import (
    OfficeIn,
    OfficeOfferOut,
    OfficialOut,
    OfficialsAsked,
    RoleEndIn,
    RoleProposalIn,
    RoleProposalOut,
)
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound, Refused
from portal.kernel.verdict import require
from portal.models import Grant, GrantProposal, Invitation
from portal.permissions import holds, reads_cases
from portal.permissions_on_granting import may_propose_role, may_read_officials
from portal.queries import officials
from portal.web import find


@reads(OfficialOut, many=True, asks=OfficialsAsked)
def list_officials(asked: Asked) -> QuerySet[Grant]:
    """Who holds which role today, is to hold it or held it; the bureau reads its programmes', others their own."""
    if not may_read_officials(asked.by):
        raise NotFound()
    return officials.listed(asked.by, officials.Sought(**asked.given))


@reads(OfficialOut)
def show_official(asked: Asked, pk: UUID) -> Grant:
    """One role of one person."""
    return find(officials.visible_to(asked.by), pk=pk)


@acts(RoleEndIn, gives=RoleProposalOut, status=201)
def propose_role_end(asked: Asked, pk: UUID) -> GrantProposal:
    """Propose that a role ends; a second official confirms."""
    grant = find(officials.visible_to(asked.by), pk=pk)
    return granting.propose_end(grant.pk, **asked.given, by=asked.by, now=asked.now)


@reads(RoleProposalOut, many=True)
def list_role_proposals(asked: Asked) -> QuerySet[GrantProposal]:
    """Proposals about roles, the newest first."""
    _readers_only(asked)
    return officials.proposals_visible_to(asked.by)


@acts(RoleProposalIn, gives=RoleProposalOut, status=201)
def propose_role(asked: Asked) -> GrantProposal:
    """Propose a role for somebody who has an account; a second official confirms."""
    _readers_only(asked)
    given = dict(asked.given)
    name, encoded = given.pop("letter_name"), given.pop("letter_base64")
    letter = (name or "letter", _decoded(encoded)) if encoded else None
    return granting.propose_grant(**given, document=letter, by=asked.by, now=asked.now)


@reads(RoleProposalOut)
def show_role_proposal(asked: Asked, pk: UUID) -> GrantProposal:
    """One proposal about a role."""
    return find(officials.proposals_visible_to(asked.by), pk=pk)


@acts(gives=RoleProposalOut)
def confirm_role_proposal(asked: Asked, pk: UUID) -> GrantProposal:
    """Confirm what somebody else proposed: the role is granted, or ends."""
    found = find(officials.proposals_visible_to(asked.by), pk=pk)
    return granting.confirm_proposal(found.pk, by=asked.by, now=asked.now)


@acts(WhyIn, gives=RoleProposalOut)
def decline_role_proposal(asked: Asked, pk: UUID) -> GrantProposal:
    """Do not confirm what somebody else proposed, with the reason."""
    found = find(officials.proposals_visible_to(asked.by), pk=pk)
    return granting.decline_proposal(found.pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=RoleProposalOut)
def withdraw_role_proposal(asked: Asked, pk: UUID) -> GrantProposal:
    """Take one's own proposal back."""
    found = find(officials.proposals_visible_to(asked.by), pk=pk)
    return granting.withdraw_proposal(found.pk, by=asked.by, now=asked.now)


@reads(OfficeOfferOut, many=True)
def list_office_invitations(asked: Asked) -> QuerySet[Invitation]:
    """Open invitations to offices; for those who give roles, discipline inspection and auditors."""
    _readers_only(asked)
    if not holds(asked.by, *officials.SEES_OFFERS):
        require(may_propose_role(asked.by, anywhere=True))
    return officials.open_offers(asked.by)


@acts(OfficeIn, gives=OfficeOfferOut, status=201)
def invite_official(asked: Asked) -> Invitation:
    """Invite an address by mail to an office; nothing tells whether it has an account."""
    _readers_only(asked)
    return inviting_officials.invite_official(**asked.given, by=asked.by, now=asked.now)


@acts(SecretIn, gives=RoleProposalOut)
def accept_office(asked: Asked) -> GrantProposal:
    """Accept an invitation to an office, with the secret of its link; a second official confirms."""
    return inviting_officials.accept_office(asked.given["secret"], by=asked.by, now=asked.now)


def _readers_only(asked: Asked) -> None:
    if not reads_cases(asked.by):
        raise NotFound()


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (Error, ValueError):
        raise Refused("file_unreadable", _("The letter is not base64. Encode it again."), field="letter_base64") from None
