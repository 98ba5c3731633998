"""Public notices: those everybody reads, and those whose time is over."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from challenges.models import PublicNotice
from portal.clock import china_date
from portal.kernel.errors import NotFound
from portal.permissions import reads_cases
from portal.queries.people import powers_of


def visible_to(user, *, now: datetime) -> QuerySet[PublicNotice]:
    """Notices that have begun, for everybody; the bureau and the poster also see those to come."""
    seen = Q(starts_on__lte=china_date(now))
    if reads_cases(user):
        return PublicNotice.objects.all()
    if powers := powers_of(user).views:
        seen |= Q(challenge__poster_id__in=powers)
    return PublicNotice.objects.filter(seen)


def due_by(now: datetime) -> QuerySet[PublicNotice]:
    """Notices whose last day is over and that nobody has ended yet."""
    return PublicNotice.objects.filter(ended_at__isnull=True, ends_at__lte=now)


def challenge_of(notice_id: UUID) -> UUID:
    """The challenge a notice is about; NotFound when there is no such notice."""
    found = PublicNotice.objects.filter(pk=notice_id).values_list("challenge_id", flat=True).first()
    if found is None:
        raise NotFound()
    return found
