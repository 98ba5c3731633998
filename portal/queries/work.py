"""An organisation's open work, and who looks after each piece: each app brings its own kinds of work.

An app registers from ``apps.py:ready()`` a function that lists the open work of an organisation:
``work.register(open_needs)``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from portal.models import Handover, User
from portal.queries.members import colleagues_of
from portal.queries.organisations import members_now


@dataclass(frozen=True)
class Work:
    """One piece of open work: what it is, where it stands, who began it and who looks after it now.

    ``case_id`` is the challenge whose record it belongs to; ``sealed`` work is a bid before opening,
    known to its own organisation only.
    """

    work_type: str
    work_id: UUID
    kind: object
    title: str
    url: str
    state: object
    begun_by: UUID
    case_id: UUID | None = None
    sealed: bool = False
    keeper_id: UUID | None = None
    keeper: User | None = None
    is_orphan: bool = False

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.work_type}:{self.work_id}"


Source = Callable[[UUID], Iterable[Work]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a function that lists one kind of open work of an organisation."""
    if source not in _sources:
        _sources.append(source)


def open_work(organisation_id: UUID) -> list[Work]:
    """Everything that is not finished, with who looks after it; what nobody present looks after comes first.

    Whoever began a piece of work looks after it until it is handed over.
    """
    works = [work for source in _sources for work in source(organisation_id)]
    rows = Handover.objects.filter(organisation_id=organisation_id).order_by("handed_at", "pk")
    passed = {(row.work_type, row.work_id): row.taker_id for row in rows}
    here = {membership.user_id for membership in members_now(organisation_id) if membership.user.is_active}
    keepers = {work.key: passed.get((work.work_type, work.work_id), work.begun_by) for work in works}
    people = User.objects.select_related("alias_of").in_bulk(set(keepers.values()))
    keepers = {key: (people[pk].alias_of_id or pk) if pk in people else pk for key, pk in keepers.items()}
    people |= {person.alias_of_id: person.alias_of for person in people.values() if person.alias_of_id}
    known = [
        replace(work, keeper_id=keepers[work.key], keeper=people.get(keepers[work.key]), is_orphan=keepers[work.key] not in here)
        for work in works
    ]
    return sorted(known, key=lambda work: (not work.is_orphan, work.keeper.name if work.keeper else "", work.title, work.key))


def keeper_of(work_type: str, work_id: UUID, organisation_id: UUID, begun_by: UUID) -> User | None:
    """Who looks after one piece of work; None when that person acts for the organisation no longer."""
    rows = Handover.objects.filter(organisation_id=organisation_id, work_type=work_type, work_id=work_id)
    taker = rows.order_by("-handed_at", "-pk").values_list("taker_id", flat=True).first()
    person = User.objects.select_related("alias_of").filter(pk=taker or begun_by).first()
    person = person.alias_of or person if person else None
    present = person and members_now(organisation_id).filter(user=person, user__is_active=True).exists()
    return person if present else None


def work_kept_by(user_id: UUID, organisation_id: UUID) -> list[Work]:
    """The open work of an organisation that this person looks after."""
    return [work for work in open_work(organisation_id) if work.keeper_id == user_id]


def possible_keepers(organisation_id: UUID) -> list:
    """The memberships of who can look after work: editors and administrators of today."""
    return list(colleagues_of(UUID(int=0), organisation_id).exclude(role="viewer"))
