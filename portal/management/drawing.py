"""Commands that draw a document out of a table of the code, or say that the document is behind."""

from argparse import ArgumentParser
from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class DrawCommand(BaseCommand):
    """Writes ``docs/<document>`` by ``draw``; with --check it only compares."""

    requires_system_checks = []
    document: str
    draw: Callable[[], str]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check compares and changes nothing."""
        parser.add_argument("--check", action="store_true", help="exit 1 when the file is not what the tables say")

    def handle(self, *, check: bool, **options: object) -> None:
        """Write, or compare."""
        path, drawn = settings.BASE_DIR / "docs" / self.document, self.draw()
        if not check:
            path.write_text(drawn)
            self.stdout.write(f"docs/{self.document} is drawn.")
        elif not path.exists() or path.read_text() != drawn:
            command = type(self).__module__.rpartition(".")[2]
            raise CommandError(f"docs/{self.document} is not what the tables say: run manage.py {command}.")
