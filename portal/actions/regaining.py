"""Help for somebody who lost their second factor, by two officials; and the end of all sessions of a person."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import messages_sign_in as messages
from portal.kernel.errors import Clash, NotFound, Refused, WrongState
from portal.kernel.verdict import require
from portal.locks import lock_person
from portal.models import SecondFactorReset, SecurityKind, User
from portal.permissions_sign_in import may_ask_reset, may_confirm_reset, may_sign_out
from portal.queries.regaining import ASKED_FOR, open_reset_of
from portal.record import record
from portal.security_log import note
from portal.tell import tell


@transaction.atomic
def ask_second_factor_reset(person_id: UUID, *, why: str, by: User, now: datetime) -> SecondFactorReset:
    """Ask that a person's second factor be removed; a division head other than ``by`` confirms it within a week.

    For an official those ask who give roles in all programmes of that office. Raises NotAllowed
    (``own_account``, ``holds_an_office``), Refused (``reason_missing``), Clash (``reset_asked_already``).
    """
    person = lock_person(person_id)
    require(may_ask_reset(by, person))
    need_reason(why)
    if open_reset_of(person, now=now):
        raise Clash("reset_asked_already", _("A new start was asked for already. A division head confirms it."))
    event = record("user.second_factor_reset_asked", person, by=by, why=why.strip())
    reset = SecondFactorReset.objects.create(person=person, event=event, asked_by=by, asked_at=now)
    tell(messages.RESET_ASKED, reset, because=event)
    return reset


@transaction.atomic
def reset_second_factor(reset_id: UUID, *, by: User, now: datetime) -> SecondFactorReset:
    """Remove a person's second factor and end their sessions; they enrol anew at their next sign-in.

    Raises NotAllowed, NotFound, WrongState when it was confirmed before or asked for too long ago.
    """
    found = SecondFactorReset.objects.filter(pk=reset_id).first()
    if found is None:
        raise NotFound()
    person = lock_person(found.person_id)
    reset = SecondFactorReset.objects.select_for_update().get(pk=reset_id)
    require(may_confirm_reset(by, reset))
    if reset.confirmed_at is not None or reset.asked_at <= now - ASKED_FOR:
        raise WrongState("reset_over", _("This was confirmed already, or asked for more than a week ago. Open the page again."))
    Authenticator.objects.filter(user=person).delete()
    reset.confirmed_by, reset.confirmed_at = by, now
    reset.save(update_fields=["confirmed_by", "confirmed_at"])
    event = record("user.second_factor_reset", person, by=by, facts={"asked_by": str(reset.asked_by_id)})
    end_sessions(person, now)
    note(SecurityKind.SECOND_FACTOR_CHANGED, person=person, what="reset", by=str(by.pk))
    tell(messages.RESET_DONE, reset, because=event)
    return reset


@transaction.atomic
def sign_out_person(person_id: UUID, *, why: str, by: User, now: datetime) -> User:
    """End every session of a person at once; they may sign in again.

    Raises NotAllowed, Refused (``reason_missing``).
    """
    person = lock_person(person_id)
    require(may_sign_out(by, person))
    need_reason(why)
    end_sessions(person, now)
    event = record("user.signed_out", person, by=by, why=why.strip())
    note(SecurityKind.SESSION_ENDED, person=person, by=str(by.pk))
    tell(messages.SIGNED_OUT, person, because=event)
    return person


def need_reason(why: str) -> None:
    """Refused (``reason_missing``) where nothing is written."""
    if not why.strip():
        raise Refused("reason_missing", _("Write why; it stands in the record."), field="why")


def end_sessions(person: User, now: datetime) -> None:
    """Sessions begun before now fit the person no longer; those that are listed are removed."""
    person.signed_out_at = now
    person.save(update_fields=["signed_out_at"])
    UserSession.objects.filter(user=person).delete()
