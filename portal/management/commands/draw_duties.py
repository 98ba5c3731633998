"""draw_duties: docs/duties.md from the table of duties and the search."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.management.routes.drawing import draw

PATH = settings.BASE_DIR / "docs" / "duties.md"


class Command(BaseCommand):
    """Draw which duties stand apart, and how few people can reach what."""

    help = "Write docs/duties.md from portal/duties.py; with --check only compare."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check compares and changes nothing."""
        parser.add_argument("--check", action="store_true", help="exit 1 when the file is not what the tables say")

    def handle(self, *, check: bool, **options: object) -> None:
        """Write, or compare."""
        drawn = draw()
        if not check:
            PATH.write_text(drawn)
            self.stdout.write("docs/duties.md is drawn.")
        elif not PATH.exists() or PATH.read_text() != drawn:
            raise CommandError("docs/duties.md is not what the tables say: run manage.py draw_duties.")
