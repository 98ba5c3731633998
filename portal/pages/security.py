"""The security log: for those who watch over the portal, and for everybody about themselves."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.models import SecurityKind
from portal.permissions import holds
from portal.queries import security
from portal.web import Answer, page

PER_PAGE = 50
WORDS: Mapping[str, tuple[object, str, str]] = {
    # kind: its words, tone and icon
    SecurityKind.SIGNED_IN: (_("Signed in"), "approved", "circle-check"),
    SecurityKind.SIGNED_OUT: (_("Signed out"), "draft", "circle-minus"),
    SecurityKind.SIGN_IN_FAILED: (_("Sign-in failed"), "held", "hand-stop"),
    SecurityKind.LOCKED_OUT: (_("Locked out after repeated failures"), "failed", "circle-x"),
    SecurityKind.SECOND_FACTOR_CHANGED: (_("Second factor changed"), "moving", "arrow-right"),
    SecurityKind.PASSWORD_CHANGED: (_("Password changed"), "moving", "arrow-right"),
    SecurityKind.SESSION_ENDED: (_("Session ended by somebody else"), "held", "hand-stop"),
    SecurityKind.TOKEN_REFUSED: (_("Token refused"), "held", "hand-stop"),
    SecurityKind.LIMIT_REACHED: (_("Asked too often"), "held", "hand-stop"),
    SecurityKind.VIEW_STARTED: (_("Support view begun"), "notice", "speakerphone"),
    SecurityKind.VIEW_ENDED: (_("Support view ended"), "draft", "circle-minus"),
    SecurityKind.DATA_EXPORTED: (_("Personal data exported"), "notice", "speakerphone"),
    SecurityKind.DATA_SHOWN: (_("Personal data shown"), "notice", "speakerphone"),
}


@page("portal/security_log.html")
def show(request: HttpRequest) -> Answer:
    """The lines a person may read, the newest first, by kind."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in SecurityKind.values else ""
    before = request.GET.get("before", "")
    lines = security.page_of(
        request.user, kind=kind, before=int(before) if before.isdecimal() and len(before) < 19 else None, size=PER_PAGE
    )
    return {
        "lines": [(line, *WORDS[line.kind]) for line in lines[:PER_PAGE]],
        "older": lines[PER_PAGE - 1].pk if len(lines) > PER_PAGE else None,
        "kind": kind,
        "kinds": [(name, words) for name, (words, _tone, _icon) in WORDS.items()],
        "watches": holds(request.user, *security.WATCHERS),
    }
