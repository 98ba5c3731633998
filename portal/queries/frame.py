"""What the frame around every page needs to know, in one statement."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True)
class Frame:
    """The portal's clock, whether it was moved, and whether this portal is a demo."""

    at: datetime
    rehearsal: bool
    demo: bool


def read_frame() -> Frame:
    """Read the frame."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT portal_now(), EXISTS (SELECT 1 FROM portal_clock), EXISTS (SELECT 1 FROM portal_demo WHERE complete)"
        )
        return Frame(*cursor.fetchone())
