"""add_districts: put the shipped districts on the city's list, or one more."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from portal.actions.appointing import add_districts
from portal.clock import portal_now
from portal.districts import SHIPPED


class Command(BaseCommand):
    """Fill the list of districts; what is on it already stays."""

    help = "Without arguments the shipped districts; or one: add_districts CODE NAME ENGLISH_NAME"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A district's code, name and English name."""
        parser.add_argument("district", nargs="*")

    def handle(self, *, district: list[str], **options: object) -> None:
        """Add them and say which were new."""
        if district and len(district) != 3:
            raise CommandError("Give code, name and English name, or nothing for the shipped districts.")
        added = add_districts([tuple(district)] if district else SHIPPED, now=portal_now())
        self.stdout.write(f"{len(added)} districts added: {', '.join(each.name for each in added) or 'none'}.")
