"""appoint: grant somebody a role, for the first officials of a city."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from portal.actions.appointing import appoint
from portal.clock import portal_now
from portal.kernel.errors import PortalError
from portal.models import Role
from portal.words import sentence


class Command(BaseCommand):
    """Grant a person with an account a role from today on; it is written into the record."""

    help = "Grant a person a role, for example: appoint li.wei@example.org officer"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, which role, and for a district reviewer which district."""
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--district", default="", metavar="CODE", help="only for the role district")

    def handle(self, *, email: str, role: str, district: str, **options: object) -> None:
        """Appoint, or say why not."""
        try:
            grant = appoint(email=email, role=role, district_code=district, now=portal_now())
        except PortalError as refusal:
            raise CommandError(sentence(refusal)) from None
        self.stdout.write(f"{grant.user.name} <{grant.user.email}> holds {role} from {grant.starts_on}.")
