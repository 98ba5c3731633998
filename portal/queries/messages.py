"""A person's inbox."""

from django.db.models import QuerySet

from portal.models import Message


def visible_to(user) -> QuerySet[Message]:
    """The messages of this person, the newest first."""
    return Message.objects.filter(to=user).order_by("-created_at", "-pk")


def unread(user) -> int:
    """How many messages this person has not opened."""
    return Message.objects.filter(to=user, read_at=None).count()
