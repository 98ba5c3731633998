"""A person's inbox."""

from django.db.models import QuerySet

from portal.models import Message


def visible_to(user) -> QuerySet[Message]:
    """The messages of this person, the newest first."""
    return _of(user).order_by("-created_at", "-pk")


def unread(user) -> int:
    """How many messages this person has not opened."""
    return _of(user).filter(read_at=None).count()


def _of(user) -> QuerySet[Message]:
    """One's messages; whoever looks for support sees none about bids before opening."""
    rows = Message.objects.filter(to=user)
    return rows.filter(sealed=False) if user.seen_by else rows
