"""demo_accounts: who is who in the demonstration."""

from django.core.management.base import BaseCommand, CommandError

from portal import demo


class Command(BaseCommand):
    """Print the accounts of a demo portal, their password, and what their authenticators are made from and show now."""

    help = "Print the accounts of the demonstration; elsewhere it refuses."

    def handle(self, *args: object, **options: object) -> None:
        """One account a line: role, name, e-mail."""
        if not demo.is_demo():
            raise CommandError("This is no demonstration portal, so it has no demo accounts.")
        for part, name, email in demo.accounts():
            self.stdout.write(f"{part}\t{name}\t{email}")
        self.stdout.write(f"password\t{demo.PASSWORD}")
        self.stdout.write(f"authenticator of officials and experts\t{demo.SECRET}\t{demo.code()}")
