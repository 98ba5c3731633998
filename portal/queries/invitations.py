"""Invitations: by their secret, open ones of an organisation, those that are due to expire."""

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Q, QuerySet

from portal.clock import china_date
from portal.models import Invitation
from portal.queries.people import powers_of
from portal.states import InvitationState


def digest_of(secret: str) -> str:
    """What is kept of the secret in a link."""
    return sha256(secret.encode()).hexdigest()


def by_secret(secret: str) -> Invitation | None:
    """The invitation to which the newest mail with this secret belongs."""
    found = Invitation.objects.select_related("organisation", "district", "programme", "invited_by")
    return found.filter(digest=digest_of(secret)).first() if secret else None


def visible_to(user) -> QuerySet[Invitation]:
    """Invitations this person manages: of organisations they administer, and to roles the ones they sent."""
    powers = powers_of(user)
    mine = Q(organisation_id__in=powers.administers - powers.inherited)
    if getattr(user, "is_authenticated", False):
        mine |= Q(organisation__isnull=True, invited_by_id=user.pk)
    return Invitation.objects.filter(mine).select_related("invited_by", "district").order_by("-invited_at", "pk")


def open_of(organisation_id: UUID) -> QuerySet[Invitation]:
    """The open invitations of an organisation, the one that expires first on top."""
    rows = Invitation.objects.filter(organisation_id=organisation_id, state=InvitationState.INVITED)
    return rows.select_related("invited_by").order_by("expires_on", "email", "pk")


def overdue(now: datetime) -> QuerySet[UUID]:
    """The ids of open invitations whose last day to accept is over."""
    today: date = china_date(now)
    rows = Invitation.objects.filter(state=InvitationState.INVITED, expires_on__lt=today)
    return rows.order_by("expires_on", "pk").values_list("pk", flat=True)
