"""migrate, as the owner, ending with the grants and guards of portal/database.py."""

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from portal.database import lay_down
from portal.settings import env


class Command(Migrate):
    """Migrate, then lay down what the web role may do."""

    def get_check_kwargs(self, options: dict) -> dict:
        """The database is not looked at before: what the check asks for is laid down here."""
        return {}

    def handle(self, *arguments, **options) -> None:
        """Run Django's migrate; after a full one, grant per table and close pgtrigger's switch."""
        super().handle(*arguments, **options)
        partial = options.get("app_label") or options.get("plan") or options.get("check_unapplied")
        if not partial:
            lay_down(connections[options["database"]], env.database("DATABASE_URL")["USER"])
