"""Note what concerns the safety of the portal itself: in a table of its own, and as a line for the log collector.

The audit record tells what happened to cases; this log tells who knocked, from where, and what
was refused. Neither holds a password, a code or a secret.
"""

from collections.abc import Callable
from contextvars import ContextVar
from hashlib import sha256

import structlog
from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest, HttpResponse

from portal.clock import portal_now
from portal.models import SecurityEvent, SecurityKind, User

log = structlog.get_logger("portal.security")
_answered: ContextVar[HttpRequest | None] = ContextVar("answered", default=None)


def know_where_from(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware by which lines that actions write say where the request came from; actions see no request."""

    def known(request: HttpRequest) -> HttpResponse:
        token = _answered.set(request)
        try:
            return answer(request)
        finally:
            _answered.reset(token)

    return known


def note(
    kind: SecurityKind, *, person: User | None = None, request: HttpRequest | None = None, **facts: object
) -> SecurityEvent:
    """Write one line; ``facts`` are ids, digests, numbers and words of the portal, nothing that was typed.

    Address and program are those of the request that is being answered; a job has none. Where somebody
    else did it to the person, ``by`` among the facts says who.
    """
    request = request or _answered.get()
    address = get_client_ip(request) if request is not None else None
    agent = request.headers.get("User-Agent", "")[:200] if request is not None else ""
    who = person if person is not None and person.is_authenticated else None
    event = SecurityEvent.objects.create(
        kind=kind, person=who, at=portal_now(), address=address, agent=agent, facts=facts
    )
    log.info("security", kind=str(kind), person=str(who.pk) if who else None, address=address, facts=facts)
    return event


def digest_of_address(typed: str) -> str:
    """What the log keeps of an address that somebody typed: enough to see that it is the same one again."""
    return sha256(f"address:{typed.strip().lower()}".encode()).hexdigest()[:16]


def listen() -> None:
    """Note every sign-in, sign-out and failed sign-in, whichever way it was made."""
    user_logged_in.connect(_signed_in, dispatch_uid="security-log")
    user_logged_out.connect(_signed_out, dispatch_uid="security-log")
    user_login_failed.connect(_failed, dispatch_uid="security-log")


def _signed_in(sender, request, user, **_kwargs) -> None:
    note(SecurityKind.SIGNED_IN, person=user, request=request)


def _signed_out(sender, request, user, **_kwargs) -> None:
    if user is not None:
        note(SecurityKind.SIGNED_OUT, person=user, request=request)


def _failed(sender, credentials, request=None, **_kwargs) -> None:
    typed = str(credentials.get("email") or credentials.get("username") or credentials.get("phone") or "")
    person = User.objects.filter(email=typed.strip().lower()).first()
    note(SecurityKind.SIGN_IN_FAILED, person=person, request=request, typed=digest_of_address(typed))
