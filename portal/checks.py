"""What ``manage.py check --database default`` finds wrong with the database for serving."""

from collections.abc import Sequence

from django.core.checks import Error, Tags, register
from django.db import connections

from portal.database import faults


@register(Tags.database)
def database_serves(app_configs: object, databases: Sequence[str] | None, **_kwargs: object) -> list[Error]:
    """The web role is signed in, its rules are in place, and Chinese is understood."""
    if not databases or "default" not in databases:
        return []
    return [Error(sentence, id="portal.database") for sentence in faults(connections["default"])]
