"""search_routes: whether fewer people than the rules ask for could walk a case to its money, its award or a sealed bid."""

from django.core.management.base import BaseCommand, CommandError

from portal.management.routes.asked import GOALS
from portal.management.routes.search import faults, people_needed


class Command(BaseCommand):
    """Print the fewest people for each goal; exit 1 with the route where the rules ask for more."""

    help = "Search the acts and states of a case for a route around the duties that stand apart."
    requires_system_checks = []

    def handle(self, **options: object) -> None:
        """Search, and say what was found."""
        for goal in GOALS:
            found = people_needed(goal)
            self.stdout.write(f"{goal.words}: {f'{found[0]} people' if found else 'nobody'}")
        open_ways = faults()
        for fault in open_ways:
            self.stdout.write(f"\n{fault}")
        if open_ways:
            raise CommandError(f"{len(open_ways)} ways around the rules.")
        self.stdout.write("No route with fewer people than the rules ask for.")
