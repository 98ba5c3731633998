"""demo_clock: move the clock of a demo portal, for rehearsing what a later day brings."""

from argparse import ArgumentParser
from datetime import datetime

import psycopg
from django.core.management.base import BaseCommand, CommandError

from portal.clock import CHINA, read_clock
from portal.demo import is_demo
from portal.settings import env


class Command(BaseCommand):
    """Let the demo's clock run on from another moment."""

    help = "Set the demo's clock: demo_clock 2026-07-10T09:00 (China time)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The moment."""
        parser.add_argument("moment")

    def handle(self, *, moment: str, **options) -> None:
        """Move the clock, as the owner; only where the demo's mark is."""
        if not is_demo():
            raise CommandError("This is not a demo portal; its clock is the real one.")
        try:
            asked = datetime.fromisoformat(moment)
        except ValueError:
            raise CommandError("Give a moment such as 2026-07-10T09:00, China time.") from None
        asked = asked if asked.tzinfo else asked.replace(tzinfo=CHINA)
        with psycopg.connect(env.text("DATABASE_OWNER_URL")) as owner:
            owner.execute("DELETE FROM portal_clock")
            owner.execute(
                "INSERT INTO portal_clock (id, shift) VALUES (1, %s::timestamptz - clock_timestamp())", [asked]
            )
        self.stdout.write(f"The demo's clock says {read_clock().at.astimezone(CHINA):%Y-%m-%d %H:%M}, China time.")
