"""Sessions: sealed in the database, and noted when they were last used."""

import json
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from portal.kernel.sealing import unwrap, wrap


class Sealed:
    """Session data as JSON under the vault's key: a code that is waited for stands in no row."""

    context = "session"

    def dumps(self, obj: object) -> bytes:
        """Seal."""
        return wrap(settings.VAULT_KEY, json.dumps(obj, separators=(",", ":")).encode(), self.context)

    def loads(self, data: bytes) -> object:
        """Unseal."""
        return json.loads(unwrap(settings.VAULT_KEY, data, self.context))


class LastUse:
    """The middleware: notes at most every SEEN_EVERY_SECONDS that a session is used, from where and with what."""

    def __init__(self, onward: Callable[[HttpRequest], HttpResponse]) -> None:
        self.onward = onward

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note and go on; a visitor's page costs nothing."""
        seconds, key = settings.SEEN_EVERY_SECONDS, request.session.session_key  # a support view is not the person's own
        own = request.user.is_authenticated and not getattr(request.user, "seen_by", None)
        if seconds and key and own and cache.add(f"seen:{key}", True, seconds):
            UserSession.objects.create_from_request(request)
        return self.onward(request)
