"""Nobody who must have a second factor goes further without one: they are sent to add it first."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from portal.second_factor import NO_FACTOR, has_second_factor, needs_second_factor

OPEN = ("/static/", "/language/", "/healthz", "/readyz", "/sign-out/", "/sign-in/", "/sign-up/", "/demo/",
        "/account/second-factor/", "/account/again/", "/account/password/", "/account/address/",
        "/please-read/", "/privacy/", "/terms/", "/accessibility/")  # fmt: skip
"""What stays open meanwhile: enrolment itself and what it may ask for, the texts to accept, the way out, the language."""


class Enrolment:
    """The middleware; it stands behind those that know who is here and for whom they act."""

    def __init__(self, onward: Callable[[HttpRequest], HttpResponse]) -> None:
        self.onward = onward

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless this person has a second factor to add."""
        if request.path.startswith(OPEN) or not request.user.is_authenticated or getattr(request.user, "seen_by", None):
            return self.onward(request)
        if not needs_second_factor(request.user) or has_second_factor(request.user):
            return self.onward(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"code": "second_factor_missing", "message": NO_FACTOR}, status=403)
        return redirect("mfa_index")
