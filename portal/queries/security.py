"""The security log, as far as a person may read it."""

from django.db.models import QuerySet

from portal.models import Role, SecurityEvent
from portal.queries.people import powers_of

WATCHERS = frozenset({Role.LEADER, Role.DISCIPLINE, Role.AUDITOR})
"""Roles that read the whole security log."""


def visible_to(user) -> QuerySet[SecurityEvent]:
    """The lines a person may read, the newest first: leaders, discipline and auditors all, others their own."""
    lines = SecurityEvent.objects.select_related("person").order_by("-id")
    return lines if powers_of(user).roles & WATCHERS else lines.filter(person=user)


def page_of(user, *, kind: str = "", before: int | None = None, size: int) -> list[SecurityEvent]:
    """At most ``size + 1`` lines of a kind from before a number; the one too many says that there are older ones."""
    lines = visible_to(user)
    if kind:
        lines = lines.filter(kind=kind)
    if before is not None:
        lines = lines.filter(pk__lt=before)
    return list(lines[: size + 1])
