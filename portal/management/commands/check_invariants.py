"""check_invariants: derive again what must hold, and say what was looked at."""

from django.core.management.base import BaseCommand, CommandError

from portal.invariants import all_checks


class Command(BaseCommand):
    """Derive balances, states, tree, scores and sums again from raw rows; stop at the first violation."""

    help = "Derive again from raw rows what must hold; exit 1 on the first violation."

    def handle(self, **options: object) -> None:
        """One line for each check; the first fault ends it."""
        for title, check in all_checks():
            fault = next(iter(check()), None)
            if fault is not None:
                raise CommandError(f"{title}: {fault}")
            self.stdout.write(f"{title}: holds")
