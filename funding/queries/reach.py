"""How far an official's grant reaches into projects: the programmes it names, and the districts."""

from django.db.models import Q

from portal.models import Role
from portal.queries.people import READERS, in_districts, in_programmes

FINANCE = (Role.PREPARER, Role.APPROVER, Role.RECONCILER)


def of_bureau(user, *roles: Role, path: str = "") -> Q:
    """The projects of the programmes in which a person reads for the bureau, or holds ``roles``; ``path`` leads to the project."""
    return in_programmes(user, *(roles or READERS), path=f"{path}rules__programme")


def of_finance(user, path: str = "") -> Q:
    """The projects of the programmes for which a person handles money."""
    return in_programmes(user, *FINANCE, path=f"{path}rules__programme")


def of_officials(user, path: str = "") -> Q:
    """The projects that the bureau's readers and finance meet."""
    return in_programmes(user, *READERS, *FINANCE, path=f"{path}rules__programme")


def of_district(user, path: str = "") -> Q:
    """The projects of the districts that a person reviews."""
    return in_districts(user, district=f"{path}poster__district", programme=f"{path}rules__programme")
