"""Delegations (代办): those of a person, the one that holds now, and who may take a power over."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.delegable import TAKEN_OVER_BY
from portal.models import Delegation, Grant, Membership, Role, User
from portal.queries.people import granted_today, powers_of, today
from portal.states import DelegationState

Power = Grant | Membership
WATCHERS = (Role.DIVISION_HEAD, Role.DISCIPLINE, Role.AUDITOR)


def visible_to(user) -> QuerySet[Delegation]:
    """The delegations that a person has given or was offered, the latest first."""
    own = Delegation.objects.filter(Q(principal_id=user.pk) | Q(delegate_id=user.pk))
    return _with_names(own).order_by("-offered_at", "pk")


def watches_over_roles(user) -> bool:
    """Whether somebody reads all delegations and looks of support: who gives roles everywhere, discipline and auditors."""
    powers = powers_of(user)
    return powers.hold(*WATCHERS) and powers.programmes_of(*WATCHERS) is None


def watched_by(user) -> QuerySet[Delegation]:
    """Every delegation there is or was, the latest first, for those who watch over roles; nobody else's list."""
    rows = Delegation.objects.all() if watches_over_roles(user) else Delegation.objects.none()
    return _with_names(rows).order_by("-offered_at", "pk")


def own_powers(user) -> list[Power]:
    """What a person holds today themselves and may delegate: roles, then memberships."""
    grants = Grant.objects.filter(granted_today(), user_id=user.pk, role__in=TAKEN_OVER_BY)
    places = Membership.objects.filter(today(), user_id=user.pk).select_related("organisation")
    return [
        *grants.select_related("district", "programme").order_by("role", "pk"),
        *places.order_by("organisation__name", "pk"),
    ]


def takes_over(delegate: User, power: Power) -> bool:
    """Whether somebody may use this power of another person: an official of the same side, or a colleague."""
    if not delegate.is_active:
        return False
    if isinstance(power, Grant):
        roles = TAKEN_OVER_BY.get(power.role, ())
        return Grant.objects.filter(granted_today(), user_id=delegate.pk, role__in=roles).exists()
    return Membership.objects.filter(today(), user_id=delegate.pk, organisation_id=power.organisation_id).exists()


def in_force(user, delegation_id: str | UUID) -> Delegation | None:
    """The accepted delegation under which this person may act now; None when it does not hold, or no longer.

    It holds on its days, as long as the principal holds the power, and the delegate may take it over.
    """
    grants = Grant.objects.filter(granted_today(), pk=OuterRef("grant_id"))
    places = Membership.objects.filter(today(), pk=OuterRef("membership_id"))
    rows = Delegation.objects.filter(
        today(), Exists(grants) | Exists(places), delegate_id=user.pk, state=DelegationState.ACCEPTED, principal__is_active=True
    )
    try:
        found = _with_names(rows).filter(pk=delegation_id).first()
    except (ValidationError, ValueError):
        return None
    if found is None or not takes_over(found.delegate, found.grant or found.membership):
        return None
    return found


def worded(power: Power) -> str:
    """A power in a few words."""
    return Delegation(**{"grant" if isinstance(power, Grant) else "membership": power}).power


def overlapping(power: Power, starts_on, ends_on) -> QuerySet[Delegation]:
    """Live delegations of a power on any of these days."""
    field = "grant" if isinstance(power, Grant) else "membership"
    live = Delegation.objects.filter(state__in=[DelegationState.OFFERED, DelegationState.ACCEPTED])
    return live.filter(**{field: power}, starts_on__lte=ends_on, ends_on__gte=starts_on)


def _with_names(rows: QuerySet[Delegation]) -> QuerySet[Delegation]:
    return rows.select_related(
        "principal", "delegate", "grant__district", "grant__programme", "membership__organisation", "ended_by"
    )
