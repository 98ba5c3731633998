"""Two accounts of one person become one: asked for, proved by a code mailed to the other, and taken back by the bureau."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from portal import messages_members as messages
from portal.actions.moving_powers import give_back, move_powers
from portal.clock import china_date
from portal.dispatch import promise
from portal.kernel.errors import Clash, NotFound, Refused, WrongState
from portal.kernel.verdict import require
from portal.locks import lock_merge, lock_organisation, lock_people
from portal.models import AccountMerge, ApiToken, Channel, User
from portal.permissions import may_merge_accounts, may_undo_merge
from portal.queries.joining import obstacles
from portal.queries.people import read_anew
from portal.queries.settings import setting
from portal.record import record
from portal.second_factor import needs_second_factor
from portal.states import MergeState
from portal.tell import tell
from portal.transition import move

MOST_ASKED = 5
MOST_TRIES = 5
WRONG = _("The code is wrong, or holds no longer. Look at the newest mail to the other address, or ask for another code.")


@transaction.atomic
def ask_merge(*, email: str, by: User, now: datetime) -> AccountMerge:
    """Say that another address is one's own too; a code goes there if it has an account.

    The answer is the same whether or not it has one. Raises NotAllowed, Refused (``own_address``,
    ``too_many_codes``).
    """
    require(may_merge_accounts(by))
    lock_people(by.pk)
    address = email.strip().lower()
    if address == by.email:
        own = _("This is the address with which you are signed in. Write the one of your other account.")
        raise Refused("own_address", own, field="email")
    lately = AccountMerge.objects.filter(kept=by, asked_at__gt=now - timedelta(hours=1))
    if lately.count() >= MOST_ASKED:
        raise Refused("too_many_codes", _("You asked for %(most)s codes within an hour. Wait a while."), most=MOST_ASKED)
    for earlier in AccountMerge.objects.select_for_update().filter(kept=by, state=MergeState.ASKED):
        move(earlier, to=MergeState.LAPSED, by=by)
    alias = User.objects.filter(email=address, is_active=True).first()
    until = now + timedelta(minutes=setting("merge_code_minutes"))
    merge = AccountMerge.objects.create(kept=by, email=address, alias=alias, asked_at=now, expires_at=until)
    record("accountmerge.asked", merge, by=by)
    if alias is not None:
        mail_code(merge)
    return merge


def merge_accounts(merge_id: UUID, *, code: str, factor: str = "", by: User, now: datetime) -> AccountMerge:
    """Prove the other account by the code mailed to it; it becomes an alias of one's own.

    Its memberships and roles end and begin anew here; it cannot sign in, its tokens and sessions end;
    what was done with it stays under its name. An account that holds a role needs the code of its
    authenticator too. Raises NotFound, WrongState, Refused (``wrong_code``, ``factor_needed``,
    ``merge_other_way``, ``merge_duties_meet``), Clash (``merge_gone``).
    """
    if not count_try(merge_id, code=code, by=by, now=now):
        raise Refused("wrong_code", WRONG, field="code")
    return join(merge_id, factor=factor, by=by, now=now)


@transaction.atomic
def count_try(merge_id: UUID, *, code: str, by: User, now: datetime) -> bool:
    """Note one try at the code, whatever comes of it; whether it was right, in time and not tried too often."""
    merge = lock_merge(merge_id)
    require(may_merge_accounts(by))
    if merge.kept_id != by.pk:
        raise NotFound()
    if merge.state != MergeState.ASKED:
        raise WrongState("merge_over", _("This code was used or replaced by another. Open the page again."))
    merge.tries += 1
    merge.save(update_fields=["tries"])
    right = bool(merge.digest) and constant_time_compare(merge.digest, digest_of(merge, code.strip()))
    return right and merge.tries <= MOST_TRIES and now <= merge.expires_at


@transaction.atomic
def join(merge_id: UUID, *, factor: str, by: User, now: datetime) -> AccountMerge:
    """Make the proved account an alias; :func:`merge_accounts` has checked the code."""
    for organisation_id in organisations_of(merge_id):
        lock_organisation(organisation_id)
    merge = lock_merge(merge_id)
    people = lock_people(merge.kept_id, merge.alias_id)
    kept, alias = people[merge.kept_id], people[merge.alias_id]
    if merge.state != MergeState.ASKED or not kept.is_active or not alias.is_active:
        raise Clash("merge_gone", _("One of the two accounts is closed meanwhile."))
    if alias.aliases.exists():
        other_way = _("The other account has taken one in already. Sign in with that one and merge this one into it.")
        raise Refused("merge_other_way", other_way)
    check_factor(alias, factor)
    if found := list(dict.fromkeys(str(each) for each in obstacles(kept, alias))):
        meet = _("These accounts cannot become one: %(why)s Ask the bureau.")
        raise Refused("merge_duties_meet", meet, why=" ".join(found))
    move_powers(merge, kept=kept, alias=alias, by=by, now=now)
    ApiToken.objects.filter(user=alias, revoked_at=None).update(revoked_at=now)
    end_sessions(alias)
    alias.is_active, alias.alias_of = False, kept
    alias.save(update_fields=["is_active", "alias_of"])
    read_anew(by)
    merge.merged_at, merge.undo_until_on = now, china_date(now) + timedelta(days=setting("merge_undo_days"))
    facts = {"kept": str(kept.pk), "alias": str(alias.pk)}
    event = move(merge, to=MergeState.MERGED, by=by, also=["merged_at", "undo_until_on"], facts=facts)
    tell(messages.ACCOUNTS_MERGED, merge, because=event)
    return merge


@transaction.atomic
def undo_merge(merge_id: UUID, *, why: str, by: User, now: datetime) -> AccountMerge:
    """Take a merge back: the alias is an account again, with the powers it brought as far as they still hold.

    Its tokens stay revoked. Raises NotAllowed, WrongState, Refused (``reason_missing``, ``too_late``).
    """
    for organisation_id in organisations_of(merge_id):
        lock_organisation(organisation_id)
    merge = lock_merge(merge_id)
    read_anew(by)
    require(may_undo_merge(by, merge, now=now))
    if not why.strip():
        raise Refused("reason_missing", _("Write why the merge is taken back."), field="why")
    people = lock_people(merge.kept_id, merge.alias_id)
    kept, alias = people[merge.kept_id], people[merge.alias_id]
    alias.is_active, alias.alias_of = True, None
    alias.save(update_fields=["is_active", "alias_of"])
    give_back(merge, kept=kept, alias=alias, by=by, now=now)
    merge.undone_at, merge.undone_by = now, by
    event = move(merge, to=MergeState.UNDONE, by=by, also=["undone_at", "undone_by"], why=why.strip())
    tell(messages.MERGE_UNDONE, merge, because=event)
    return merge


@transaction.atomic
def lapse_merge(merge_id: UUID, *, by: None, now: datetime) -> None:
    """The clock ends a merge whose code was not typed in time."""
    merge = lock_merge(merge_id)
    if merge.state == MergeState.ASKED and now > merge.expires_at:
        move(merge, to=MergeState.LAPSED, by=by)


def mail_code(merge: AccountMerge) -> None:
    """Make a code, keep its keyed digest, and promise the mail; the code lies sealed until it is sent."""
    code = f"{secrets.randbelow(10**8):08d}"
    merge.digest = digest_of(merge, code)
    merge.save(update_fields=["digest"])
    with override(merge.alias.language):
        template = get_template("mail/merge_code.txt").template
        text = template.render(Context({"merge": merge, "code": code}, autoescape=False))
    subject, _newline, rest = text.strip().partition("\n")
    minutes = timedelta(minutes=setting("merge_code_minutes"))
    promise(Channel.MAIL, to=merge.email, subject=subject.strip(), text=rest.strip(), live=minutes)


def digest_of(merge: AccountMerge, code: str) -> str:
    """What is kept of a code: worthless without the portal's own key."""
    return salted_hmac(f"merge:{merge.pk}", code, algorithm="sha256").hexdigest()


def check_factor(alias: User, factor: str) -> None:
    """An account that holds a role is proved by its authenticator too: a mailbox alone gives no office."""
    if not needs_second_factor(alias):
        return
    own = Authenticator.objects.filter(user=alias, type=Authenticator.Type.TOTP).first()
    if own is None or not factor.strip() or not own.wrap().validate_code(factor.strip()):
        needed = _("The other account holds a role. Type in the code of its authenticator too; without one, ask the bureau.")
        raise Refused("factor_needed", needed, field="factor")


def end_sessions(alias: User) -> None:
    """Sign an account out everywhere."""
    for session in UserSession.objects.filter(user=alias):
        session.end()


def organisations_of(merge_id: UUID) -> list[UUID]:
    """The organisations of either account, in the order in which they are held."""
    merge = AccountMerge.objects.filter(pk=merge_id).first()
    if merge is None:
        raise NotFound()
    people = [each for each in (merge.kept, merge.alias) if each is not None]
    return sorted({each for person in people for each in person.memberships.values_list("organisation_id", flat=True)})
