"""Requests that may be repeated: the same Idempotency-Key and body get the same answer."""

import json
from collections.abc import Callable
from hashlib import sha256

from django.db import connection, transaction
from django.http import RawPostDataException
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from portal.clock import PortalNow
from portal.kernel.errors import Clash, Refused
from portal.models import IdempotentAnswer

HEADER = "Idempotency-Key"
LONGEST = 80

Given = tuple[object, int]
"""The body of an answer and its status."""


def once(request: Request, route: str, run: Callable[[], Given]) -> Given:
    """Run an operation once per person, route and Idempotency-Key; without a key simply run it.

    The answer is stored in the transaction of the action, so a refusal stores nothing and may be
    tried again. Raises Refused (422) for the same key with another body and Clash (409) while the
    first request is still running.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return run()
    if len(key) > LONGEST:
        raise Refused("idempotency_key_too_long", _("An Idempotency-Key has at most 80 characters. Send a shorter one."))
    asked = _fingerprint(request)
    with transaction.atomic():
        _hold(f"{request.user.pk}:{route}:{key}")
        earlier = IdempotentAnswer.objects.filter(user=request.user, route=route, key=key).first()
        if earlier is not None:
            return _again(earlier, asked)
        body, status = run()
        plain = json.loads(JSONRenderer().render(body) or b"null")
        IdempotentAnswer.objects.create(
            user=request.user, route=route, key=key, request_sha256=asked, status=status, answer=plain,
            created_at=PortalNow(),
        )  # fmt: skip
        return plain, status


def _fingerprint(request: Request) -> str:
    """The SHA-256 of address and body; such requests are JSON, forms are read by others before."""
    try:
        body = request._request.body
    except RawPostDataException:
        raise UnsupportedMediaType(request.content_type) from None
    return sha256(f"{request.get_full_path()}\n".encode() + body).hexdigest()


def _hold(name: str) -> None:
    """Hold a key until the transaction ends; Clash when another request holds it."""
    number = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise Clash(
                "still_running", _("The first request with this Idempotency-Key is still running. Ask again in a moment.")
            )


def _again(earlier: IdempotentAnswer, asked: str) -> Given:
    if earlier.request_sha256 != asked:
        raise Refused(
            "idempotency_key_reused",
            _("This Idempotency-Key was used for another request. Send a new key, or the first request again."),
        )
    return earlier.answer, earlier.status
