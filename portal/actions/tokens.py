"""Tokens with which a person's programs sign in: made, shown once, revoked."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import NotAllowed, NotFound, Refused, WrongState
from portal.locks import lock_person, lock_token
from portal.models import ApiToken, User
from portal.queries.tokens import digest_of
from portal.record import record
from portal.second_factor import needs_second_factor

PREFIX = "jb_"
DAYS_MOST = 366
TOKENS_MOST = 20


@transaction.atomic
def create_token(
    *, name: str, days: int, by: User, now: datetime, proved_twice: bool = False
) -> tuple[ApiToken, str]:
    """Make a token that holds for some days; its secret is returned here and kept nowhere.

    Whoever must have a second factor makes one only in a session that was begun with it
    (``proved_twice``). Raises NotAllowed (``second_factor_missing``), Refused (``token_days``, ``too_many_tokens``).
    """
    lock_person(by.pk)
    if needs_second_factor(by) and not proved_twice:
        raise NotAllowed("second_factor_missing", _("Your role needs a second factor. Sign in with it, then make the token."))
    if not 1 <= days <= DAYS_MOST:
        raise Refused("token_days", _("A token holds from 1 to %(most)s days."), field="days", most=DAYS_MOST)
    if ApiToken.objects.filter(user=by, revoked_at=None, expires_at__gt=now).count() >= TOKENS_MOST:
        raise Refused("too_many_tokens", _("You have %(most)s tokens. Revoke one that you no longer need."), most=TOKENS_MOST)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=by, name=name.strip(), digest=digest_of(secret), created_at=now, expires_at=now + timedelta(days=days)
    )
    record("token.created", token, by=by, facts={"days": days})
    return token, secret


@transaction.atomic
def revoke_token(token_id: UUID, *, by: User, now: datetime) -> ApiToken:
    """Make a token worthless at once; only its own person does this. WrongState when it was revoked before."""
    token = lock_token(token_id)
    if token.user_id != by.pk:
        raise NotFound()
    if token.revoked_at is not None:
        raise WrongState("token_revoked", _("This token was revoked already."))
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    record("token.revoked", token, by=by)
    return token


@transaction.atomic
def revoke_tokens(*, by: User, now: datetime) -> int:
    """Make all tokens of a person worthless, for instance those made before there was a second factor; how many."""
    lock_person(by.pk)
    tokens = ApiToken.objects.select_for_update().filter(user=by, revoked_at=None).order_by("pk")
    for token in tokens:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        record("token.revoked", token, by=by)
    return len(tokens)
