"""What was promised to be sent, as its reader would see it, and the codes in it."""

import re

from portal.dispatch import read
from portal.models import Dispatch


def promised() -> list[dict[str, str]]:
    """Every mail and text message that waits, the oldest first."""
    waiting = Dispatch.objects.filter(sealed__isnull=False).order_by("created_at", "id")
    return [{"channel": each.channel, **read(each)} for each in waiting]


def last_code() -> str:
    """The code in the newest of them."""
    return re.search(r"\b\d{6}\b", promised()[-1]["text"]).group()
