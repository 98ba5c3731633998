"""Before anything else a person reads and accepts the privacy statement and the terms of use that are in force."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import NotAllowed
from portal.queries import legal
from portal.words import sentence

KEPT = "accepted_texts"
OPEN = ("sign-out", "set-language", "healthz", "readyz", "privacy", "terms", "accessibility", "please-read", "demo", "demo-sign-in")
"""Addresses that stay open: leaving, the language, the texts themselves, and the demo's change of accounts."""


class NotAccepted(NotAllowed):
    """The person has not accepted the texts that are in force."""

    code = "terms_not_accepted"


NOT_ACCEPTED = _("Read and accept the privacy statement and the terms of use first: sign in to the portal with a browser.")


def has_accepted(request: HttpRequest) -> bool:
    """Whether a signed-in person has accepted every text in force; kept in the session once it is so."""
    wanted = sorted(str(pk) for pk in legal.asked_ids())
    if not wanted or request.session.get(KEPT) == wanted:
        return True
    if legal.asked_of(request.user):
        return False
    request.session[KEPT] = wanted
    return True


def ask_first(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The middleware: a page leads to “Please read”, an operation of the API is refused with ``terms_not_accepted``.

    Tokens of programs are looked at by :func:`require_accepted` once the API knows whose they are.
    """
    def asked(request: HttpRequest) -> HttpResponse:
        if not _asks(request) or has_accepted(request):
            return answer(request)
        if request.path.startswith("/api/"):
            refusal = NotAccepted(message=NOT_ACCEPTED)
            return JsonResponse({"code": refusal.code, "message": sentence(refusal)}, status=refusal.status)
        onward = request.get_full_path() if request.method == "GET" else "/"
        return redirect(f"{reverse('please-read')}?{urlencode({'next': onward})}")

    return asked


def require_accepted(user) -> None:
    """Refuse a program whose person has not accepted the texts. Raises NotAccepted."""
    if legal.asked_ids() and legal.asked_of(user):
        raise NotAccepted(message=NOT_ACCEPTED)


def _asks(request: HttpRequest) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return False
    open_paths = {reverse(name) for name in OPEN}
    return request.path not in open_paths and not request.path.startswith(("/privacy/", "/terms/", "/static/"))
