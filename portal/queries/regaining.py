"""Accounts that officials look after: how somebody signs in, and whether a new start was asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet
from django.db.models.functions import TruncDate

from portal.clock import CHINA, PortalNow
from portal.models import Grant, Role, SecondFactorReset, User
from portal.queries.people import accounts_of, powers_of

LOOK_AFTER = frozenset({Role.OFFICER, Role.DIVISION_HEAD})
ASKED_FOR = timedelta(days=7)
"""How long a new start that was asked for may be confirmed."""


@dataclass(frozen=True)
class Access:
    """How somebody signs in: kinds of second factor (the library's words), open sessions, the last sign-in."""

    factors: list[str]
    sessions: int
    last_login: datetime | None


def looked_after_by(user) -> QuerySet[User]:
    """The accounts an official may look after: everybody's but their own, open or suspended."""
    people = User.objects.filter(Q(is_active=True) | Q(suspended_at__isnull=False), erased_at=None)
    return people.exclude(pk=user.pk) if powers_of(user).roles & LOOK_AFTER else people.none()


def programmes_of_offices(person: User) -> set[UUID | None]:
    """The programmes of a person's offices, held today or to come; None stands for every programme. An expert holds no office."""
    offices = Grant.objects.filter(user_id__in=accounts_of(person.pk)).exclude(role=Role.EXPERT)
    lasting = offices.filter(Q(ends_on=None) | Q(ends_on__gte=TruncDate(PortalNow(), tzinfo=CHINA)), ended_at=None)
    return set(lasting.values_list("programme_id", flat=True))


def access_of(person: User) -> Access:
    """How a person signs in."""
    kinds = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return Access(
        factors=sorted(set(kinds.values_list("type", flat=True))),
        sessions=UserSession.objects.filter(user=person).count(),
        last_login=person.last_login,
    )


def open_reset_of(person: User, *, now: datetime) -> SecondFactorReset | None:
    """The new start that was asked for and may still be confirmed."""
    asked = SecondFactorReset.objects.filter(person=person, confirmed_at=None, asked_at__gt=now - ASKED_FOR)
    return asked.select_related("asked_by", "event").order_by("-asked_at").first()
