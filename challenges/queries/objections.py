"""Objections: who may read one, and which items they hold."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When

from challenges.models import Objection, PublicNotice
from challenges.queries.notices import of_programmes
from challenges.states import ObjectionState
from portal.models import Role
from portal.permissions import holds, holds_everywhere
from portal.queries.people import ALL
from portal.vault import unseal_text


@dataclass(frozen=True)
class Statement:
    """What an objector wrote: real name, telephone, and the reason."""

    name: str
    phone: str
    reason: str


def visible_to(user) -> QuerySet[Objection]:
    """A person's own objections; all of them for discipline inspection and auditors. Nobody else learns who objected."""
    rows = Objection.objects.select_related("notice__challenge", "filed_by", "decided_by")
    if user is None or not user.is_authenticated:
        return rows.none()
    seen = [_of_programmes_in(user, role) for role in (Role.DISCIPLINE, Role.AUDITOR) if holds(user, role)]
    return rows.filter(reduce(or_, seen, Q(filed_by=user)))


def handled_by(user) -> Q:
    """The objections of the programmes in which a person inspects discipline."""
    return _of_programmes_in(user, Role.DISCIPLINE)


def _of_programmes_in(user, role: str) -> Q:
    if holds_everywhere(user, role):
        return ALL
    return Q(notice__in=of_programmes(user, role).values("pk"))


def listed(objections: QuerySet[Objection]) -> QuerySet[Objection]:
    """Objections for a list: those that wait first, then by the day their answer is due."""
    waits = Case(When(state__in=ObjectionState.open(), then=0), default=1)
    return objections.annotate(waits=waits).order_by("waits", "answer_due_on", "pk")


def holding(items: Iterable[UUID]) -> QuerySet[Objection]:
    """The open objections that hold these items."""
    return Objection.objects.filter(item__in=list(items), state__in=ObjectionState.open())


def items_objected_to(user, notice: PublicNotice) -> set[UUID]:
    """The items of a notice to which a person has an open objection."""
    own = Objection.objects.filter(notice=notice, filed_by=user, state__in=ObjectionState.open())
    return set(own.values_list("item", flat=True))


def stopping(items: Iterable[UUID]) -> QuerySet[Objection]:
    """The objections because of which these items may not go on: open ones, and those upheld."""
    return Objection.objects.filter(Q(state__in=ObjectionState.open()) | Q(state=ObjectionState.UPHELD), item__in=list(items))


def statement_of(objection: Objection) -> Statement:
    """What the objector wrote; read only where :func:`visible_to` has given the row."""
    return Statement(**json.loads(unseal_text(bytes(objection.ciphertext), f"objection:{objection.pk}")))
