"""Who is responsible for a case: the officials of its programme, and the reviewers of its district."""

from django.db.models import QuerySet

from challenges.models import Challenge
from challenges.queries.programming import Bound, programme_of
from portal.models import Role
from portal.queries.people import holders_of


def officers_of(case: Bound) -> QuerySet:
    """The officers of its programme."""
    return holders_of(Role.OFFICER, programme_id=programme_of(case))


def heads_of(case: Bound) -> QuerySet:
    """The division heads of its programme."""
    return holders_of(Role.DIVISION_HEAD, programme_id=programme_of(case))


def reviewers_of(challenge: Challenge) -> QuerySet:
    """The reviewers of the poster's district in its programme."""
    return holders_of(Role.DISTRICT, challenge.poster.district_id, programme_of(challenge))
