"""When the library's limits refuse: how long until one may try again, as a sentence and as a page."""

import math
import time
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.mobile import full_number
from portal.models import SecurityKind
from portal.security_log import note

APPS = {"webauthn_login": "allauth.mfa"}
KEYED = ("login_failed", "confirm_email", "request_login_code", "verify_phone", "reset_password")


def seconds_left(request: HttpRequest, action: str, *, key: str | None = None) -> float:
    """How long until the library lets this visitor, or this key, do ``action`` again; 0 when it does now."""
    app, left = APPS.get(action, "allauth.account"), 0.0
    for rate in ratelimit.get_rates(app=app, action=action):
        if (rate.per == "key" and key is None) or (rate.per == "user" and not request.user.is_authenticated):
            continue
        history = cache.get(ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key)) or []
        if len(history) >= rate.amount:
            left = max(left, history[rate.amount - 1] + rate.duration - time.time())
    return max(left, 0.0)


def again_in(seconds: float) -> str:
    """When to try again, in whole minutes."""
    minutes = max(1, math.ceil(seconds / 60))
    return ngettext(
        "There were too many tries. Try again in %(minutes)s minute.",
        "There were too many tries. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}


def sentence(request: HttpRequest) -> str:
    """When this visitor may try again, as far as the limits tell; otherwise that a new code is needed."""
    seconds = _left(request)
    return again_in(seconds) if seconds else _("There were too many tries. Begin again, with a new code.")


def too_often(request: HttpRequest) -> HttpResponse:
    """The page with status 429 that the library shows when a limit is reached."""
    seconds = _left(request)
    note(SecurityKind.LIMIT_REACHED, person=request.user, request=request, limit="sign_in")
    response = render(request, "errors/too_often.html", {"sentence": again_in(seconds)}, status=429)
    response.headers["Retry-After"] = str(max(1, math.ceil(seconds)))
    return response


def lock_key(typed: str) -> str:
    """What failed sign-ins of one account are counted under, whether by address or by number."""
    phone = full_number(typed)
    person = get_adapter().get_user_by_phone(phone) if phone else None
    return person.email if person else phone or typed.strip().lower()


def _left(request: HttpRequest) -> float:
    from allauth.account import app_settings

    actions = {*app_settings.RATE_LIMITS, *APPS}
    left = [seconds_left(request, action) for action in actions]
    left += [seconds_left(request, action, key=key) for action in KEYED for key in _keys(request)]
    return max(left)


def _keys(request: HttpRequest) -> set[str]:
    """Everything by which the library may have counted this request."""
    posted = request.POST
    keys = {posted.get("email", "").strip().lower(), full_number(posted.get("phone")), lock_key(posted.get("login", ""))}
    waiting = request.session.get("account_login") or {}
    who = request.user.pk if request.user.is_authenticated else waiting.get("user_pk") and UUID(waiting["user_pk"])
    return (keys | {f"mfa-auth-user-{who}"}) - {""}
