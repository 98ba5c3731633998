"""Requests to be forgotten, and what a person must finish first.

Each app brings what may be open from ``apps.py:ready()``: ``erasing.register(check)``, a function of
the ids of a person's accounts that yields obstacles.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.clock import china_date
from portal.models import Delegation, Erasure, Grant, GrantProposal, Membership, Role, User
from portal.queries.members import administrators_for_good
from portal.queries.people import accounts_of, powers_of, today
from portal.queries.work import open_work
from portal.show import show_day
from portal.states import DelegationState, ErasureState, ProposalState

DECIDERS = (Role.DIVISION_HEAD, Role.LEADER)


@dataclass(frozen=True)
class Obstacle:
    """Something that a person has still to do: what it is, what ends it, and where."""

    what: str
    remedy: str
    url: str = ""


Check = Callable[[set[UUID]], Iterable[Obstacle]]
_checks: list[Check] = []


def register(check: Check) -> None:
    """Add a function that yields what keeps a person from being forgotten."""
    if check not in _checks:
        _checks.append(check)


def visible_to(user) -> QuerySet[Erasure]:
    """Requests a person may know about: their own; division heads and leaders all. The oldest open one first."""
    rows = Erasure.objects.select_related("person", "decided_by").order_by("decided_at", "asked_at", "pk")
    powers = powers_of(user)
    decides = powers.hold(*DECIDERS) and powers.programmes_of(*DECIDERS) is None
    return rows if decides else rows.filter(person=user)


def open_request_of(user) -> Erasure | None:
    """The person's own request that waits."""
    return Erasure.objects.filter(person=user, state=ErasureState.ASKED).first()


def obstacles(person: User, *, now, to: User | None = None) -> list[Obstacle]:
    """Everything that is open with any of a person's accounts, in a steady order; nothing when they may be forgotten.

    A bid before its opening is told to the person and the clock only. It keeps no official from
    deciding, since the refusal itself would tell of it; its organisation goes on with it.
    """
    accounts = accounts_of(person.pk)
    found = [
        *_powers(accounts, now),
        *_only_administrator(accounts),
        *_open_work(accounts, sealed_too=to is None or to.pk in accounts),
        *_delegations(accounts, now),
    ]
    return found + [obstacle for check in _checks for obstacle in check(accounts)]


def _powers(accounts: set[UUID], now) -> Iterator[Obstacle]:
    """Roles that hold, or will, and proposals to grant one."""
    remedy = _("Two officials end the role first.")
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=china_date(now))
    grants = Grant.objects.filter(lasting, user__in=accounts, ended_at__isnull=True)
    for grant in grants.order_by("role", "pk"):
        yield Obstacle(_("Role: %(role)s") % {"role": grant.get_role_display()}, remedy)
    for proposal in GrantProposal.objects.filter(user__in=accounts, state=ProposalState.PROPOSED).order_by("role", "pk"):
        what = _("A proposal about the role %(role)s waits") % {"role": proposal.get_role_display()}
        yield Obstacle(what, _("Two officials decide on it first."))


def _only_administrator(accounts: set[UUID]) -> Iterator[Obstacle]:
    own = Membership.objects.filter(today(), user__in=accounts).select_related("organisation")
    for membership in own.order_by("organisation__name", "pk"):
        there = administrators_for_good(membership.organisation_id)
        if there.filter(user__in=accounts).exists() and not there.exclude(user__in=accounts).exists():
            yield Obstacle(
                _("The only administrator of %(organisation)s") % {"organisation": membership.organisation.name},
                _("Hand the administration over first."),
                reverse("members", args=[membership.organisation_id]),
            )


def _open_work(accounts: set[UUID], *, sealed_too: bool) -> Iterator[Obstacle]:
    places = Membership.objects.filter(today(), user__in=accounts).order_by("organisation__name", "pk")
    for organisation_id in dict.fromkeys(places.values_list("organisation_id", flat=True)):
        for work in open_work(organisation_id):
            if work.keeper_id in accounts and (sealed_too or not work.sealed):
                what = _("Open work: %(kind)s “%(title)s”, %(state)s")
                facts = {"kind": work.kind, "title": work.title, "state": work.state}
                yield Obstacle(what % facts, _("Finish it, or hand it over to a colleague."), work.url)


def _delegations(accounts: set[UUID], now) -> Iterator[Obstacle]:
    rows = Delegation.objects.filter(
        Q(principal__in=accounts) | Q(delegate__in=accounts),
        state__in=[DelegationState.OFFERED, DelegationState.ACCEPTED],
        ends_on__gte=china_date(now),
    )
    for delegation in rows.order_by("ends_on", "pk"):
        what = _("A delegation until %(day)s") % {"day": show_day(delegation.ends_on)}
        yield Obstacle(what, _("End the delegation first."))
