"""Powers of officials: one proposes a role or its end, a second confirms; nobody about themselves."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_on_granting as messages
from portal import vault
from portal.actions.granting_checks import (
    check_beside,
    check_days,
    check_end,
    check_free,
    check_grantable,
    check_granters_stay,
    check_reason,
    check_scope,
)
from portal.clock import china_date
from portal.kernel.errors import Refused
from portal.kernel.verdict import require
from portal.locks import lock_grant, lock_granters, lock_person, lock_proposal
from portal.models import Grant, GrantProposal, Invitation, ProposalKind, StoredFile, User
from portal.permissions_on_granting import (
    may_confirm_proposal,
    may_decline_proposal,
    may_propose_end,
    may_propose_role,
    may_withdraw_proposal,
)
from portal.queries.people import accounts_of, read_anew
from portal.record import record
from portal.states import ProposalState
from portal.tell import tell
from portal.transition import move

KINDS = ("application/pdf", "image/png", "image/jpeg")
MOST_MIB = 20
File = tuple[str, bytes]
"""A file's name and what is in it."""

OWN = _("You cannot propose a role for yourself. Ask a colleague.")


@transaction.atomic
def propose_grant(
    *, email: str, role: str, district_id: UUID | None = None, programme_id: UUID | None = None,
    starts_on: date, ends_on: date | None = None, reason: str, document: File | None = None, by: User, now: datetime,
) -> GrantProposal:  # fmt: skip
    """Propose a role for whoever has an account with this address, from a first to a last day.

    A reviewer's names the district; without a programme it is for all of them. Nothing changes before
    a second official confirms. Raises NotAllowed, Refused (``no_account``, ``account_closed``, ``own_role``,
    ``role_not_granted``, ``district_missing``, ``programme_unfit``, ``starts_in_the_past``,
    ``ends_before_it_begins``, ``reason_missing``, or about the file), Clash (``role_held_already``,
    ``proposed_already``).
    """
    found = User.objects.filter(email=email.strip().lower()).only("pk").first()
    person = lock_person(found.pk) if found else None
    read_anew(by)
    require(may_propose_role(by, programme_id))
    check_scope(role, district_id=district_id, programme_id=programme_id)
    if person is None:
        nobody = _("Nobody with the address %(email)s has an account. Invite them to the office instead.")
        raise Refused("no_account", nobody, field="email", email=email.strip())
    check_days(starts_on, ends_on, now)
    check_reason(reason)
    return propose(
        person, role=role, district_id=district_id, programme_id=programme_id, starts_on=starts_on, ends_on=ends_on,
        reason=reason.strip(), document=keep(document, by=by, now=now), by=by, now=now,
    )  # fmt: skip


@transaction.atomic
def propose_end(
    grant_id: UUID, *, last_day: date | None = None, reason: str, document: File | None = None, by: User, now: datetime
) -> GrantProposal:
    """Propose that a role ends after a last day, or without one as soon as a second official confirms.

    Raises NotAllowed, WrongState (``role_over``), Clash (``end_proposed_already``), Refused
    (``last_day_in_the_past``, ``not_earlier``, ``ends_before_it_begins``, ``granters_stay``, ``reason_missing``).
    """
    lock_granters()
    grant = lock_grant(grant_id)
    read_anew(by)
    require(may_propose_end(by, grant))
    check_end(grant, last_day, now)
    check_granters_stay(grant, last_day)
    check_reason(reason)
    proposal = GrantProposal.objects.create(
        kind=ProposalKind.END, user=grant.user, role=grant.role, district_id=grant.district_id,
        programme_id=grant.programme_id, starts_on=grant.starts_on, ends_on=last_day, grant=grant, reason=reason.strip(),
        document=keep(document, by=by, now=now), proposed_by=by, proposed_at=now,
    )  # fmt: skip
    event = record("grantproposal.proposed", proposal, by=by, facts=facts_of(proposal))
    tell(messages.ROLE_PROPOSED, proposal, because=event)
    return proposal


@transaction.atomic
def confirm_proposal(proposal_id: UUID, *, by: User, now: datetime) -> GrantProposal:
    """A second official confirms: the role begins on its first day, or today where that is over; or it ends.

    Everything is looked at again as it is now. Raises NotAllowed (``needs_second_person``, ``own_role``,
    ``needs_leader``), WrongState, and what the two proposals raise.
    """
    lock_granters()
    proposal = lock_proposal(proposal_id)
    read_anew(by)
    require(may_confirm_proposal(by, proposal))
    grants = proposal.kind == ProposalKind.GRANT
    proposal.grant = begin(proposal, by=by, now=now) if grants else end(proposal, now=now)
    proposal.decided_by, proposal.decided_at = by, now
    facts = {"grant": str(proposal.grant_id), **facts_of(proposal)}
    event = move(proposal, to=ProposalState.CONFIRMED, by=by, also=["grant", "decided_by", "decided_at"], facts=facts)
    record("grant.started" if grants else "grant.ended", proposal.grant, by=by, facts=facts_of(proposal.grant))
    tell(messages.ROLE_CONFIRMED, proposal, because=event)
    tell(messages.ROLE_GRANTED if grants else messages.ROLE_ENDED, proposal.grant, because=event)
    return proposal


@transaction.atomic
def decline_proposal(proposal_id: UUID, *, why: str, by: User, now: datetime) -> GrantProposal:
    """A second official does not confirm, with the reason; nothing changes. Raises NotAllowed, WrongState, Refused."""
    proposal = lock_proposal(proposal_id)
    read_anew(by)
    require(may_decline_proposal(by, proposal))
    check_reason(why, field="why")
    proposal.decided_by, proposal.decided_at = by, now
    event = move(proposal, to=ProposalState.REFUSED, by=by, also=["decided_by", "decided_at"], why=why.strip())
    tell(messages.ROLE_REFUSED, proposal, because=event)
    return proposal


@transaction.atomic
def withdraw_proposal(proposal_id: UUID, *, by: User, now: datetime) -> GrantProposal:
    """Whoever proposed takes it back while it waits. Raises NotAllowed, WrongState."""
    proposal = lock_proposal(proposal_id)
    require(may_withdraw_proposal(by, proposal))
    proposal.decided_by, proposal.decided_at = by, now
    move(proposal, to=ProposalState.WITHDRAWN, by=by, also=["decided_by", "decided_at"])
    return proposal


def propose(
    person: User, *, role: str, district_id: UUID | None, programme_id: UUID | None, starts_on: date, ends_on: date | None,
    reason: str, document: StoredFile | None, by: User, now: datetime, invitation: Invitation | None = None,
) -> GrantProposal:  # fmt: skip
    """Write the proposal and tell who may confirm; the caller holds the person and has asked who may propose.

    Where an ``invitation`` led to it, ``by`` sent that, and the person's acceptance is what the record notes.
    """
    if person.pk in accounts_of(by.pk):
        raise Refused("own_role", OWN, field="email")
    check_grantable(person)
    check_beside(person, role)
    where = {"role": role, "district_id": district_id, "programme_id": programme_id, "starts_on": starts_on, "ends_on": ends_on}
    check_free(person, **where)
    proposal = GrantProposal.objects.create(
        kind=ProposalKind.GRANT, user=person, **where, reason=reason, document=document, proposed_by=by, proposed_at=now
    )
    facts = facts_of(proposal)
    if invitation:
        facts |= {"invitation": str(invitation.pk), "proposed_by": str(by.pk)}
    event = record("grantproposal.proposed", proposal, by=person if invitation else by, facts=facts)
    tell(messages.ROLE_PROPOSED, proposal, because=event)
    return proposal


def begin(proposal: GrantProposal, *, by: User, now: datetime) -> Grant:
    """The grant that a confirmed proposal makes."""
    starts_on = max(proposal.starts_on, china_date(now))
    check_days(starts_on, proposal.ends_on, now)
    check_grantable(proposal.user)
    check_beside(proposal.user, proposal.role)
    where = {
        "role": proposal.role, "district_id": proposal.district_id, "programme_id": proposal.programme_id,
        "starts_on": starts_on, "ends_on": proposal.ends_on,
    }  # fmt: skip
    check_free(proposal.user, **where, but=proposal)
    return Grant.objects.create(user=proposal.user, **where, granted_by_id=proposal.proposed_by_id, confirmed_by=by)


def end(proposal: GrantProposal, *, now: datetime) -> Grant:
    """The grant that a confirmed proposal ends: at once, or with a last day that is still to come."""
    grant = lock_grant(proposal.grant_id)
    today = china_date(now)
    last_day = proposal.ends_on if proposal.ends_on and proposal.ends_on >= today else None
    check_end(grant, last_day, now, but=proposal)
    check_granters_stay(grant, last_day)
    if last_day is None:
        grant.ended_at = now
    else:
        grant.ends_on = last_day
    grant.save(update_fields=["ended_at", "ends_on"])
    return grant


def keep(document: File | None, *, by: User, now: datetime) -> StoredFile | None:
    """The letter of appointment, kept in the vault where one was handed over."""
    if document is None:
        return None
    name, content = document
    kind = vault.kind_of(content, name=name, kinds=KINDS, most_mib=MOST_MIB)
    return vault.store(content, name=name, kind=kind, by=by, now=now)


def facts_of(row: GrantProposal | Grant) -> dict[str, object]:
    """What the record says: whom, which role, where and on which days."""
    return {
        **({"kind": str(row.kind)} if isinstance(row, GrantProposal) else {}),
        "user": str(row.user_id),
        "role": str(row.role),
        "district": str(row.district_id) if row.district_id else None,
        "programme": str(row.programme_id) if row.programme_id else None,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat() if row.ends_on else None,
    }
