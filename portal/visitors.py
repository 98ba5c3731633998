"""Pages for visitors without a session: made once, then given to everybody for a few seconds.

A visitor's page depends on its address and language only. The server's clock in it is set anew
each time, so that a countdown never begins from an old moment.
"""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from portal.clock import portal_now
from portal.show import show_moment

SIGNS_OF_A_PERSON = (settings.SESSION_COOKIE_NAME, "messages")
CLOCK = re.compile(rb'data-clock="([^"]+)"')


def for_visitors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep a public page for visitors for ``VISITOR_PAGE_SECONDS``; 0 keeps nothing.

    Only whole pages that set no cookie are kept; whoever has a session gets a page of their own.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **by: object) -> HttpResponse:
        seconds = settings.VISITOR_PAGE_SECONDS
        if not seconds or request.method != "GET" or any(name in request.COOKIES for name in SIGNS_OF_A_PERSON):
            return view(request, *args, **by)
        key = _key(request)
        kept = cache.get(key)
        if kept is not None:
            return HttpResponse(_with_clock(kept, portal_now()))
        response = view(request, *args, **by)
        if response.status_code == 200 and not response.cookies and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META:
            cache.set(key, response.content, seconds)
        return response

    return shown


def _key(request: HttpRequest) -> str:
    asked = f"{request.get_host()}\n{request.get_full_path()}\n{get_language()}\n{request.headers.get('HX-Request', '')}"
    return f"visitor:{sha256(asked.encode()).hexdigest()}"


def _with_clock(body: bytes, now: datetime) -> bytes:
    """The page with every mention of the moment at which it was made replaced by the present one."""
    found = CLOCK.search(body)
    if found is None:
        return body
    made = datetime.fromisoformat(found[1].decode())
    body = body.replace(found[1], now.astimezone(made.tzinfo).isoformat().encode())
    return body.replace(show_moment(made, seconds=True).encode(), show_moment(now, seconds=True).encode())
