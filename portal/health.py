"""Two addresses for the machines that watch over the portal: does it live, and can it serve."""

from collections.abc import Callable

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.database import faults
from portal.models import PortalClock, RetentionRun
from portal.tasks import HEARTBEAT


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process lives; nothing else is asked."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, Redis, and the heartbeat that beat sends and a worker writes; 503 with what is missing."""
    missing = [sentence for look in LOOKS for sentence in told_by(look)]
    answer = {"status": "not ready" if missing else "ok", "missing": missing, "retention": last_retention()}
    return JsonResponse(answer, status=503 if missing else 200)


def last_retention() -> str | None:
    """When a retention time was applied last; nothing while the database does not answer, or before the first night."""
    try:
        last = RetentionRun.objects.order_by("-at").values_list("at", flat=True).first()
    except DatabaseError:
        return None
    return last.isoformat() if last else None


def told_by(look: Callable[[], list[str]]) -> list[str]:
    """What one look finds missing; when the look itself fails, its first docstring line and the kind of error."""
    try:
        return look()
    except Exception as error:  # a probe must answer whatever breaks, and name no address or password
        return [f"{look.__doc__} It failed ({type(error).__name__})."]


def database() -> list[str]:
    """The database answers, as the web role and with its rules in place."""
    return faults(connection)


def clock() -> list[str]:
    """Nobody has moved the clock of a portal in production."""
    moved = settings.CLOCK_MUST_BE_REAL and PortalClock.objects.exists()
    return (
        ["The clock of this portal has been moved: the owner of the database must empty portal_clock."] if moved else []
    )


def redis() -> list[str]:
    """Redis answers, as the cache and as the broker."""
    cache.get(HEARTBEAT)
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, timeout=2)
    return []


def jobs() -> list[str]:
    """Beat sends jobs and a worker runs them."""
    return [] if cache.get(HEARTBEAT) else ["No heartbeat for a minute: beat does not send, or no worker runs."]


LOOKS = (database, clock, redis, jobs)
