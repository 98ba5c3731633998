"""Accounts are suspended and opened again: by a division head, with a reason, at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_sign_in as messages
from portal.actions.regaining import end_sessions, need_reason
from portal.kernel.errors import WrongState
from portal.kernel.verdict import require
from portal.locks import lock_person
from portal.models import SecurityKind, User
from portal.permissions_sign_in import may_suspend
from portal.record import record
from portal.security_log import note
from portal.tell import tell


@transaction.atomic
def suspend_person(person_id: UUID, *, why: str, by: User, now: datetime) -> User:
    """Close an account: nobody signs in with it, its sessions end, its tokens and powers hold no longer.

    What the person did stays valid, and so do grants and memberships: they hold again once the
    account is opened. Raises NotAllowed, Refused (``reason_missing``), WrongState (``not_open``).
    """
    person = lock_person(person_id)
    require(may_suspend(by, person))
    need_reason(why)
    if not person.is_active:
        raise WrongState("not_open", _("This account is closed already."))
    person.is_active, person.suspended_at = False, now
    person.save(update_fields=["is_active", "suspended_at"])
    end_sessions(person, now)
    event = record("user.suspended", person, by=by, why=why.strip())
    note(SecurityKind.SESSION_ENDED, person=person, by=str(by.pk), which="suspended")
    tell(messages.SUSPENDED, person, because=event)
    return person


@transaction.atomic
def restore_person(person_id: UUID, *, why: str, by: User, now: datetime) -> User:
    """Open a suspended account again; its person signs in anew.

    Raises NotAllowed, Refused (``reason_missing``), WrongState (``not_suspended``).
    """
    person = lock_person(person_id)
    require(may_suspend(by, person))
    need_reason(why)
    if person.suspended_at is None:
        raise WrongState("not_suspended", _("This account is not suspended."))
    person.is_active, person.suspended_at = True, None
    person.save(update_fields=["is_active", "suspended_at"])
    event = record("user.restored", person, by=by, why=why.strip())
    tell(messages.RESTORED, person, because=event)
    return person
