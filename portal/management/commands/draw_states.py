"""draw_states: docs/states.md from the flow tables."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.lives import draw

PATH = settings.BASE_DIR / "docs" / "states.md"


class Command(BaseCommand):
    """Draw the lives of everything that has a state."""

    help = "Write docs/states.md from the flow tables; with --check only compare."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check compares and changes nothing."""
        parser.add_argument("--check", action="store_true", help="exit 1 when the file is not what the tables say")

    def handle(self, *, check: bool, **options: object) -> None:
        """Write, or compare."""
        drawn = draw()
        if not check:
            PATH.write_text(drawn)
            self.stdout.write("docs/states.md is drawn.")
        elif not PATH.exists() or PATH.read_text() != drawn:
            raise CommandError("docs/states.md is not what the flow tables say: run manage.py draw_states.")
