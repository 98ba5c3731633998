"""Which duties a person holds at a place, with every account of theirs and of whom they act for."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.duties import Place
from portal.models import CaseParty, DutyTaken, User
from portal.queries.people import powers_of, same_person_as


def people_behind(user: User) -> QuerySet[User]:
    """The accounts whose duties count as this person's: all of their own, and those of the one they act for."""
    people = same_person_as(user.pk)
    return User.objects.filter(people | same_person_as(user.acting_for.pk) if user.acting_for else people)


def people_acting(user: User) -> set[UUID]:
    """The accounts under whose names this person acts at present: the one signed in with, and that of whom they act for."""
    return {user.pk} | ({user.acting_for.pk} if user.acting_for else set())


def duties_at(places: Iterable[Place], user: User) -> QuerySet[DutyTaken]:
    """The duties that a person holds at any of these places."""
    return DutyTaken.objects.filter(at_any(places), user__in=people_behind(user))


def is_of_a_party(places: Iterable[Place], user: User) -> bool:
    """Whether a person acts today for an organisation whose case one of these places is."""
    organisations = powers_of(user).stakes
    return bool(organisations) and CaseParty.objects.filter(at_any(places), organisation__in=organisations).exists()


def at_any(places: Iterable[Place]) -> Q:
    """Rows at one of these places."""
    found = Q(pk__in=[])
    for scope, pk in places:
        found |= Q(scope=scope, place=pk)
    return found
