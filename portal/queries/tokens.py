"""Tokens of people's programs; only the SHA-256 of a secret is kept."""

from hashlib import sha256

from django.db.models import QuerySet

from portal.clock import PortalNow
from portal.models import ApiToken, User


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def visible_to(user) -> QuerySet[ApiToken]:
    """A person's own tokens, the newest first."""
    return ApiToken.objects.filter(user=user).order_by("-created_at", "-pk")


def valid_by(secret: str) -> ApiToken | None:
    """The token with this secret and its person, where it is neither revoked nor expired nor its person blocked."""
    valid = ApiToken.objects.filter(revoked_at=None, expires_at__gt=PortalNow(), user__is_active=True)
    return valid.select_related("user").filter(digest=digest_of(secret)).first()


def person_of(secret: str) -> User | None:
    """Whose token a secret is or was; None where there never was one with it."""
    return User.objects.filter(tokens__digest=digest_of(secret)).first()
