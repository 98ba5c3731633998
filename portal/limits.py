"""How often one person or one address may ask: a table, counted in Redis, answered with 429 and when to try again.

How many is a setting of the city, in force within seconds. Sign-in, sign-up and codes are counted by
the library that does them (portal/sign_in/rates.py); these are the others. ``RATE_LIMITS`` in the settings turns the counting off where thousands of requests are made
by one machine on purpose.
"""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.models import SecurityKind
from portal.queries.settings import number_lately
from portal.security_log import note

API = "/api/"
WATCHED = ("/healthz", "/readyz", "/static/")


@dataclass(frozen=True)
class Limit:
    """So many requests of a sort in ``seconds``, counted for each person, or address where nobody is signed in."""

    name: str
    applies: Callable[[HttpRequest], bool]
    seconds: int

    @property
    def most(self) -> int:
        """How many, by the setting of this name."""
        return number_lately(f"{self.name}_limit")


def searches(request: HttpRequest) -> bool:
    """A request that searches."""
    return bool(request.GET.get("q", "").strip())


def registers(request: HttpRequest) -> bool:
    """A request that enters an organisation."""
    return request.method == "POST" and request.path in ("/organisations/new/", "/api/v1/organisations/")


def asks_the_api(request: HttpRequest) -> bool:
    """A request of a program."""
    return request.path.startswith(API)


def writes(request: HttpRequest) -> bool:
    """A request that changes something."""
    return request.method not in ("GET", "HEAD", "OPTIONS")


LIMITS = (
    Limit("registration", registers, 3600),
    Limit("search", searches, 60),
    Limit("writing", writes, 60),
    Limit("api", asks_the_api, 60),
)


class Limits:
    """The middleware; it stands behind the one that knows who is signed in."""

    def __init__(self, onward: Callable[[HttpRequest], HttpResponse]) -> None:
        self.onward = onward

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count the request, and answer it unless a limit is reached."""
        if settings.RATE_LIMITS and not request.path.startswith(WATCHED):
            for limit in LIMITS:
                if limit.applies(request) and (count := counted(request, limit)) > (most := limit.most):
                    return refused(request, limit, count, most)
        return self.onward(request)


def counted(request: HttpRequest, limit: Limit) -> int:
    """How many requests of this sort the same person or address has made in the present window, this one included."""
    key = f"limit:{limit.name}:{_asker(request)}"
    cache.add(key, 0, limit.seconds)
    try:
        return cache.incr(key)
    except ValueError:  # the window ended between the two calls
        cache.set(key, 1, limit.seconds)
        return 1


def refused(request: HttpRequest, limit: Limit, count: int, most: int) -> HttpResponse:
    """Status 429 with the sentence; the first refusal of a window is noted in the security log."""
    if count == most + 1:
        note(SecurityKind.LIMIT_REACHED, person=request.user, request=request, limit=limit.name)
    sentence = _(
        "That was too often: at most %(most)s requests of this kind in %(seconds)s seconds. Wait a little, then try again. Nothing was changed."
    ) % {"most": most, "seconds": limit.seconds}
    if asks_the_api(request):
        response = JsonResponse({"code": "too_often", "message": sentence}, status=429)
    else:
        response = render(request, "errors/too_often.html", {"sentence": sentence}, status=429)
    response.headers["Retry-After"] = str(limit.seconds)
    return response


def _asker(request: HttpRequest) -> str:
    user = request.user
    return f"person:{user.pk}" if user.is_authenticated else f"address:{get_client_ip(request)}"
