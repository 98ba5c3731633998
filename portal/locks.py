"""Rows of the floor held for a decision: an organisation, a person."""

from uuid import UUID

from django.db.models import Model, QuerySet

from portal.kernel.errors import NotFound
from portal.models import ApiToken, Organisation, User


def lock_organisation(organisation_id: UUID) -> Organisation:
    """Hold an organisation against every other decision about it and its members."""
    return _one(Organisation.objects.select_for_update(), organisation_id)


def lock_person(user_id: UUID) -> User:
    """Hold a person's account."""
    return _one(User.objects.select_for_update(), user_id)


def lock_token(token_id: UUID) -> ApiToken:
    """Hold a token."""
    return _one(ApiToken.objects.select_for_update(), token_id)


def _one(rows: QuerySet, pk: UUID) -> Model:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound()
    return row
