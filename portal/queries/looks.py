"""Looks at masked personal data: whose contacts a person meets, and who looked at what."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.models import AccessToPersonalData, Invitation, JoinRequest, Membership, Role, User
from portal.queries import invitations
from portal.queries.people import READERS, powers_of, today
from portal.queries.regaining import LOOK_AFTER

WATCHERS = frozenset({Role.DISCIPLINE, Role.AUDITOR})
"""Roles that read who looked at what, of everybody."""


def people_known_to(user) -> QuerySet[User]:
    """People whose masked contacts this person meets: colleagues, who asks to be let in, for the bureau all who act for somebody."""
    powers = powers_of(user)
    people = User.objects.all()
    if powers.roles & LOOK_AFTER:
        return people
    acts, asks = Membership.objects.filter(user=OuterRef("pk")), JoinRequest.objects.filter(person=OuterRef("pk"))
    if powers.roles & READERS:
        return people.filter(Q(pk=user.pk) | Exists(acts) | Exists(asks))
    mine = Exists(acts.filter(today(), organisation_id__in=powers.views))
    return people.filter(Q(pk=user.pk) | mine | Exists(asks.filter(organisation_id__in=powers.administers)))


def is_reached_by(user, person: User) -> bool:
    """Whether somebody administers an organisation for which the person acts or asked to act."""
    administered = powers_of(user).administers
    acts = Membership.objects.filter(today(), user=person, organisation_id__in=administered)
    return acts.exists() or JoinRequest.objects.filter(person=person, organisation_id__in=administered).exists()


def invitations_known_to(user) -> QuerySet[Invitation]:
    """Invitations that this person manages: of their organisations, and to offices those they sent."""
    return invitations.visible_to(user).select_related("organisation")


def owner_of(address: str) -> User | None:
    """The person with this address, if it has an account."""
    return User.objects.filter(email=address).first()


def visible_to(user) -> QuerySet[AccessToPersonalData]:
    """The log as far as a person may read it, the newest first.

    Discipline and auditors whose grant holds in every programme read all of it, everybody else the
    looks at their own data and at that of the organisations they administer.
    """
    powers = powers_of(user)
    rows = AccessToPersonalData.objects.select_related("by", "person", "organisation").order_by("-at", "pk")
    if powers.hold(*WATCHERS) and powers.programmes_of(*WATCHERS) is None:
        return rows
    return rows.filter(_mine(user))


def at_mine(user) -> QuerySet[AccessToPersonalData]:
    """The looks of others at a person's own data, and at the accounts of the organisations they administer."""
    rows = AccessToPersonalData.objects.select_related("by", "person", "organisation").order_by("-at", "pk")
    return rows.filter(_mine(user))


def _mine(user) -> Q:
    return Q(person=user.pk) | Q(organisation__in=powers_of(user).administers)
