"""A new administrator where an organisation's only one is gone for good, on its stamped letter."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_members as messages
from portal import vault
from portal.actions import inviting
from portal.kernel.errors import Clash, Refused
from portal.kernel.verdict import require
from portal.locks import lock_organisation, lock_replacement
from portal.models import Invitation, MemberRole, Organisation, Replacement, User
from portal.permissions import may_decide_replacement, may_replace_administrators
from portal.queries.invitations import open_of
from portal.queries.organisations import members_now
from portal.queries.people import read_anew
from portal.record import record
from portal.states import InvitationState, ReplacementState
from portal.tell import tell
from portal.transition import move

KINDS = ("application/pdf", "image/png", "image/jpeg")
MOST_MIB = 20


@transaction.atomic
def propose_replacement(
    organisation_id: UUID, *, email: str, letter: bytes, name: str, why: str, by: User, now: datetime
) -> Replacement:
    """An officer has an organisation's stamped letter that names a new administrator, and says why the old one is gone.

    ``name`` is that of the file. All members hear of it. Raises NotAllowed, Refused
    (``reason_missing``, ``administers_already``, or about the file), Clash (``proposed_already``).
    """
    organisation = lock_organisation(organisation_id)
    read_anew(by)
    require(may_replace_administrators(by, organisation))
    address = email.strip().lower()
    if not why.strip():
        raise Refused("reason_missing", _("Write why the administrator cannot act any more."), field="why")
    check_not_administrator(organisation, address)
    kind = vault.kind_of(letter, name=name, kinds=KINDS, most_mib=MOST_MIB)
    kept = vault.store(letter, name=name, kind=kind, by=by, now=now)
    replacement = Replacement(organisation=organisation, email=address, letter=kept, proposed_at=now, proposed_by=by)
    insert(replacement)
    facts = {"organisation": str(organisation.pk), "letter": kept.sha256}
    event = record("replacement.proposed", replacement, by=by, facts=facts, why=why.strip())
    tell(messages.REPLACEMENT_PROPOSED, replacement, because=event)
    return replacement


@transaction.atomic
def confirm_replacement(replacement_id: UUID, *, by: User, now: datetime) -> Replacement:
    """Another officer finds that the letter is genuine: the new administrator is invited by mail.

    The old ones' memberships end when the invitation is accepted. Raises NotAllowed, WrongState.
    """
    replacement = lock_replacement(replacement_id)
    read_anew(by)
    require(may_decide_replacement(by, replacement))
    for other in open_of(replacement.organisation_id).filter(email=replacement.email):
        move(other, to=InvitationState.WITHDRAWN, by=by)
    replacement.invitation = invite(replacement, by=by, now=now)
    replacement.decided_by, replacement.decided_at = by, now
    event = move(replacement, to=ReplacementState.CONFIRMED, by=by, also=["decided_by", "decided_at", "invitation"])
    tell(messages.REPLACEMENT_CONFIRMED, replacement, because=event)
    return replacement


@transaction.atomic
def refuse_replacement(replacement_id: UUID, *, why: str, by: User, now: datetime) -> Replacement:
    """Another officer does not confirm, with the reason; nothing changes. Raises NotAllowed, WrongState, Refused."""
    replacement = lock_replacement(replacement_id)
    read_anew(by)
    require(may_decide_replacement(by, replacement))
    if not why.strip():
        raise Refused("reason_missing", _("Write why the letter is not enough."), field="why")
    replacement.decided_by, replacement.decided_at = by, now
    event = move(replacement, to=ReplacementState.REFUSED, by=by, also=["decided_by", "decided_at"], why=why.strip())
    tell(messages.REPLACEMENT_REFUSED, replacement, because=event)
    return replacement


def invite(replacement: Replacement, *, by: User, now: datetime) -> Invitation:
    """The invitation that follows from a confirmed letter."""
    return inviting.send(
        organisation_id=replacement.organisation_id, email=replacement.email, role=MemberRole.ADMINISTRATOR, by=by, now=now
    )


def check_not_administrator(organisation: Organisation, address: str) -> None:
    """The letter names somebody who does not administer the organisation already."""
    if members_now(organisation.pk).filter(user__email=address, role=MemberRole.ADMINISTRATOR, ends_on=None).exists():
        already = _("%(email)s administers the organisation already.")
        raise Refused("administers_already", already, field="email", email=address)


def insert(replacement: Replacement) -> None:
    """Write the row; Clash while another letter of the organisation waits for its decision."""
    try:
        with transaction.atomic():
            replacement.save(force_insert=True)
    except IntegrityError:
        waiting = _("A letter of this organisation waits for its decision already.")
        raise Clash("proposed_already", waiting) from None
