"""A person asks to be forgotten; somebody else carries it out, or declines with a reason.

Whoever is forgotten becomes nobody: name, addresses and every way to sign in are gone. What they did
stays under the number of their account, so record, receipts, signatures and ledger stay valid.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal import messages_retention as messages
from portal.actions.membership import end
from portal.dispatch import promise
from portal.guards import FORGOTTEN
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.locks import lock_erasure, lock_organisation, lock_people, lock_person
from portal.models import AccountMerge, ApiToken, Channel, Erasure, Invitation, Membership, Replacement, User
from portal.queries.erasing import obstacles
from portal.queries.people import accounts_of, read_anew, today
from portal.record import record
from portal.rights import may_ask_erasure, may_decide_erasure, may_withdraw_erasure
from portal.states import ErasureState, InvitationState, MergeState, ReplacementState
from portal.tell import tell
from portal.transition import move

LAST_WORD = timedelta(days=3)
Forget = Callable[[set[UUID]], None]
_forgetters: list[Forget] = []


def also(forget: Forget) -> None:
    """Add a function that empties what another app keeps about a person; it is given the ids of their accounts."""
    if forget not in _forgetters:
        _forgetters.append(forget)


@transaction.atomic
def ask_erasure(*, by: User, now: datetime) -> Erasure:
    """Ask to be forgotten; division heads and leaders hear of it.

    Raises NotAllowed, Clash (``erasure_asked_already``).
    """
    lock_person(by.pk)
    require(may_ask_erasure(by))
    try:
        with transaction.atomic():
            erasure = Erasure.objects.create(person=by, asked_at=now)
    except IntegrityError:
        raise Clash("erasure_asked_already", _("You have asked for this already. It waits for the bureau.")) from None
    event = record("erasure.asked", erasure, by=by)
    tell(messages.ERASURE_ASKED, erasure, because=event)
    return erasure


@transaction.atomic
def withdraw_erasure(erasure_id: UUID, *, by: User, now: datetime) -> Erasure:
    """Take one's own request back. Raises NotAllowed, NotFound, WrongState."""
    erasure = lock_erasure(erasure_id)
    require(may_withdraw_erasure(by, erasure))
    move(erasure, to=ErasureState.WITHDRAWN, by=by)
    return erasure


@transaction.atomic
def decline_erasure(erasure_id: UUID, *, why: str, by: User, now: datetime) -> Erasure:
    """Do not forget a person, and say why; they hear of it. Raises NotAllowed, Incomplete, WrongState."""
    erasure = lock_erasure(erasure_id)
    require(may_decide_erasure(by, erasure))
    if not why.strip():
        raise Incomplete("field_missing", field="why", missing=["why"])
    erasure.decided_by, erasure.decided_at = by, now
    event = move(erasure, to=ErasureState.DECLINED, by=by, also=["decided_by", "decided_at"], why=why.strip())
    tell(messages.ERASURE_DECLINED, erasure, because=event)
    return erasure


@transaction.atomic
def carry_out_erasure(erasure_id: UUID, *, by: User, now: datetime) -> Erasure:
    """Forget the person who asked; a mail to their last address says so.

    Raises NotAllowed, WrongState, Refused (``erasure_obstacles``) while something of theirs is open.
    """
    person_id = Erasure.objects.filter(pk=erasure_id).values_list("person_id", flat=True).first()
    if person_id is None:
        raise NotFound()
    person = hold_with_organisations(person_id)
    erasure = lock_erasure(erasure_id)
    read_anew(by)
    require(may_decide_erasure(by, erasure))
    if found := obstacles(person, now=now, to=by):
        first = _("This cannot be done yet: %(what)s. %(remedy)s")
        raise Refused("erasure_obstacles", first, what=found[0].what, remedy=found[0].remedy, open=len(found))
    write_last_word(person)
    forget(person, by=by, now=now)
    erasure.decided_by, erasure.decided_at = by, now
    facts = {"person": str(person.pk)}
    move(erasure, to=ErasureState.DONE, by=by, also=["decided_by", "decided_at"], facts=facts)
    return erasure


def hold_with_organisations(person_id: UUID) -> User:
    """Hold the organisations a person acts for, then all their accounts."""
    accounts = accounts_of(person_id)
    places = Membership.objects.filter(user__in=accounts).values_list("organisation_id", flat=True)
    for organisation_id in sorted(set(places)):
        lock_organisation(organisation_id)
    return lock_people(*accounts)[person_id]


def write_last_word(person: User) -> None:
    """Promise the mail that says that the account is gone; the address lies sealed until it is sent."""
    with override(person.language):
        template = get_template("mail/erased.txt").template
        text = template.render(Context({"name": person.name}, autoescape=False))
    subject, _newline, rest = text.strip().partition("\n")
    promise(Channel.MAIL, to=person.email, subject=subject.strip(), text=rest.strip(), live=LAST_WORD)


def forget(person: User, *, by: User | None, now: datetime) -> None:
    """Make all accounts of a person nobody's; they are held, and nothing of theirs is open."""
    accounts = accounts_of(person.pk)
    for account in User.objects.filter(pk__in=accounts, erased_at=None).order_by("pk"):
        _end_powers(account, by=by, now=now)
        _close_ways_in(account, now)
        _forget_addresses(account)
        account.set_unusable_password()
        account.name = nobody(account)
        account.email = f"{account.pk}@erased.invalid"
        account.phone, account.phone_verified_at, account.last_login = "", None, None
        account.is_active, account.erased_at, account.signed_out_at = False, now, now
        account.save()
        record("user.erased", account, by=by)
    for each in _forgetters:
        each(accounts)


def nobody(account: User) -> str:
    """What stands where a name stood: the same in both languages, different for each account."""
    return f"已注销用户 {str(account.pk)[:4].upper()} (former user)"


def _end_powers(account: User, *, by: User | None, now: datetime) -> None:
    for membership in account.memberships.filter(today()).select_related("organisation", "user"):
        end(membership, by=by, now=now, facts={"erased": True})
    ApiToken.objects.filter(user=account, revoked_at=None).update(revoked_at=now)
    ApiToken.objects.filter(user=account).update(name="–")


def _close_ways_in(account: User, now: datetime) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()
    Authenticator.objects.filter(user=account).delete()
    SocialAccount.objects.filter(user=account).delete()


def _forget_addresses(account: User) -> None:
    own = {account.email, *EmailAddress.objects.filter(user=account).values_list("email", flat=True)}
    EmailAddress.objects.filter(user=account).delete()
    Invitation.objects.filter(email__in=own).exclude(state=InvitationState.INVITED).update(email=FORGOTTEN)
    Replacement.objects.filter(email__in=own).exclude(state=ReplacementState.PROPOSED).update(email=FORGOTTEN)
    AccountMerge.objects.filter(email__in=own).exclude(state=MergeState.ASKED).update(email=FORGOTTEN)
