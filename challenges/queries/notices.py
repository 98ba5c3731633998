"""Public notices: those everybody reads, and those whose time is over."""

from datetime import datetime
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, When

from challenges.models import Challenge, NoticeKind, PublicNotice
from portal.clock import china_date
from portal.kernel.errors import NotFound
from portal.models import Role
from portal.permissions import holds_everywhere, reads_cases
from portal.queries.people import NONE, READERS, in_programmes, powers_of


def visible_to(user, *, now: datetime) -> QuerySet[PublicNotice]:
    """Notices that have begun, for everybody; the bureau and the poster also see those to come."""
    seen = Q(starts_on__lte=china_date(now))
    if reads_cases(user):
        seen |= Q(pk__in=of_programmes(user, *READERS).values("pk"))
    if powers := powers_of(user).views:
        seen |= Q(challenge__poster_id__in=powers)
    return PublicNotice.objects.filter(seen)


def listed(user, *, now: datetime) -> QuerySet[PublicNotice]:
    """Notices for the public list, those that still run on top, then the newest."""
    running = Case(When(ended_at__isnull=True, then=0), default=1, output_field=IntegerField())
    rows = visible_to(user, now=now).select_related("challenge__poster").annotate(place=running)
    return rows.only(
        "kind", "starts_on", "ends_on", "ends_at", "ended_at", "published_at",
        "challenge__title", "challenge__state", "challenge__number", "challenge__published_at", "challenge__poster__name",
    ).order_by("place", "-published_at", "-pk")  # fmt: skip


def with_everything(user, *, now: datetime) -> QuerySet[PublicNotice]:
    """One notice for its page: the need with its poster, rules, class and indicators."""
    rows = visible_to(user, now=now).select_related("challenge__poster__district", "challenge__rules", "challenge__call")
    return rows.prefetch_related("challenge__indicators", "challenge__rules__classes")


def last_of(challenge: Challenge) -> PublicNotice | None:
    """The last notice of a need, running or ended."""
    return PublicNotice.objects.filter(challenge=challenge).order_by("-published_at").first()


def due_by(now: datetime) -> QuerySet[PublicNotice]:
    """Notices of boards whose last day is over and that nobody has ended yet."""
    return PublicNotice.objects.filter(kind=NoticeKind.BOARD, ended_at__isnull=True, ends_at__lte=now)


PROGRAMMES = ["challenge__rules__programme"]
"""Paths from a notice to the programme of what it is about; later stages add theirs with :func:`of_programme_by`."""


def of_programme_by(path: str) -> None:
    """Say how another kind of notice leads to its programme."""
    if path not in PROGRAMMES:
        PROGRAMMES.append(path)


def of_programmes(user, *roles: Role) -> QuerySet[PublicNotice]:
    """The notices of the programmes in which a person holds one of these roles."""
    if holds_everywhere(user, *roles):
        return PublicNotice.objects.all()
    known = NONE
    for path in PROGRAMMES:
        known |= in_programmes(user, *roles, path=path)
    return PublicNotice.objects.filter(known)


def programme_of_notice(notice: PublicNotice) -> UUID | None:
    """The programme a notice belongs to."""
    found = PublicNotice.objects.filter(pk=notice.pk).values_list(*PROGRAMMES).first()
    return next((programme for programme in found or () if programme), None)


def challenge_of(notice_id: UUID) -> UUID:
    """The challenge a notice is about; NotFound when there is no such notice."""
    found = PublicNotice.objects.filter(pk=notice_id).values_list("challenge_id", flat=True).first()
    if found is None:
        raise NotFound()
    return found
