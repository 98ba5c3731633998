"""Acting for somebody else, and looking at somebody's pages for support: the middleware.

Who acts under a delegation has the delegated power alone until they stop, or it does not hold any
more. Who looks for support sees the person's pages in a transaction that cannot write, may send
nothing, and is not shown how somebody signs in.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from psycopg.errors import InFailedSqlTransaction, ReadOnlySqlTransaction

from portal.clock import portal_now
from portal.delegable import DONE_ONESELF, LOOKING_ONLY
from portal.kernel.errors import NotAllowed
from portal.models import Delegation, User
from portal.queries.acting import in_force
from portal.queries.doers import one_reading
from portal.queries.people import read_anew
from portal.queries.supporting import running
from portal.web import refuse
from portal.words import sentence

HEADER = "Acting-For"
DELEGATION, VIEW = "acting_for", "support_view"
SAFE = ("GET", "HEAD", "OPTIONS")
ONESELF = ("sign-out", "set-language", "healthz", "readyz", "demo", "demo-sign-in", "acting-stop", "support-view-stop")
"""Addresses at which everybody is themselves: leaving, the language, ending what one is in."""
OF_THE_ACCOUNT = ("/account/", "/api/v1/account/", "/sign-in/")
"""How somebody signs in and what concerns their account: done by nobody else, and shown to nobody else."""

ENDED = _("You act for yourself again: the delegation has ended, or the power behind it.")
ENDED_NOTHING_DONE = _("The delegation has ended, or the power behind it. Nothing was changed; you act for yourself again.")
LOOK_OVER = _("The look at this person's pages is over.")
NOT_IN_FORCE = _("This delegation does not hold now, so nothing was done. Leave the header away to act for yourself.")
NOT_SHOWN = _("How somebody signs in is not shown to others.")


class Acting:
    """The middleware; it stands behind the sign-in and before everything that asks for powers."""

    def __init__(self, onward: Callable[[HttpRequest], HttpResponse]) -> None:
        self.onward = onward

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, as whoever this person is at present."""
        with one_reading():
            if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
                return self.onward(request)
            if request.path in {reverse(name) for name in ONESELF}:
                return self.onward(request)
            if VIEW in request.session:
                return self._look(request)
            return self._act(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page that would write something while somebody only looks: the database said no."""
        if not isinstance(error, DatabaseError) or not getattr(request.user, "seen_by", None):
            return None
        if not isinstance(error.__cause__, ReadOnlySqlTransaction | InFailedSqlTransaction):
            return None
        request.would_write = True
        return HttpResponse(status=403)

    def _act(self, request: HttpRequest) -> HttpResponse:
        asked = request.headers.get(HEADER) if request.path.startswith("/api/") else None
        kept = request.session.get(DELEGATION)
        if not asked and not kept or _gives_back(request):
            return self.onward(request)
        delegation = in_force(request.user, asked or kept)
        if delegation is None and asked:
            return refused(request, "delegation_not_in_force", NOT_IN_FORCE)
        if delegation is None:
            del request.session[DELEGATION]
            if request.method not in SAFE:
                return refused(request, "delegation_ended", ENDED_NOTHING_DONE)
            messages.warning(request, ENDED)
            return self.onward(request)
        act_under(request.user, delegation)
        if request.method not in SAFE and request.path.startswith(OF_THE_ACCOUNT):
            return refused(request, "done_oneself", DONE_ONESELF["user."])
        return self.onward(request)

    def _look(self, request: HttpRequest) -> HttpResponse:
        view = running(request.user, request.session[VIEW], now=portal_now())
        if view is None:
            del request.session[VIEW]
            if request.method not in SAFE:
                return refused(request, "support_view_over", LOOK_OVER)
            messages.warning(request, LOOK_OVER)
            return self.onward(request)
        request.user = seen_by(view.person, request.user, view.until_at)
        if request.method not in SAFE:
            return refused(request, "looking_only", LOOKING_ONLY)
        if request.path.startswith(OF_THE_ACCOUNT):
            return refused(request, "looking_only", NOT_SHOWN)
        return self._without_writing(request)

    def _without_writing(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            response = self.onward(request)
            transaction.set_rollback(True)
        if getattr(request, "would_write", False):
            return refused(request, "looking_only", LOOKING_ONLY)
        return response


def act_under(user: User, delegation: Delegation) -> User:
    """Let a person act under a delegation from here on: their powers are the delegated one alone."""
    user.delegation = delegation
    read_anew(user)
    return user


def seen_by(person: User, supporter: User, until_at) -> User:
    """A person whose pages somebody of support looks at."""
    person.seen_by, person.seen_until = supporter, until_at
    return person


def refused(request: HttpRequest, code: str, words: object) -> HttpResponse:
    """The refusal as a page or, under the API, as JSON."""
    refusal = NotAllowed(code, words)
    if request.path.startswith("/api/"):
        return JsonResponse({"code": refusal.code, "message": sentence(refusal)}, status=refusal.status)
    return refuse(request, refusal)


def _gives_back(request: HttpRequest) -> bool:
    """A delegate gives back what they act under in their own name."""
    return request.path.startswith(reverse("delegations")) and request.path.endswith("/end")
