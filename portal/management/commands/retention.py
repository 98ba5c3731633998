"""retention: apply the retention times now, or say what would be done."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from portal.actions.retaining import apply_retention, due_now
from portal.clock import portal_now


class Command(BaseCommand):
    """What the nightly job does, by hand."""

    help = "Delete, empty and anonymise what is over; with --check only say what would be done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """--check changes nothing."""
        parser.add_argument("--check", action="store_true", help="say what would be done and change nothing")

    def handle(self, *, check: bool, **options: object) -> None:
        """Apply, or say."""
        now = portal_now()
        if check:
            for due in due_now(now=now):
                self.stdout.write(f"{due.rule.name:<16} before {due.before:%Y-%m-%d %H:%M}  {due.count:>8} due  ({due.rule.what})")
            return
        for run in apply_retention(now=now, again=True):
            self.stdout.write(f"{run.name:<16} before {run.before:%Y-%m-%d %H:%M}  {run.count:>8} done")
