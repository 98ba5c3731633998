"""Signing in with a token: ``Authorization: Token jb_…``; only the SHA-256 of the secret is kept."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.acceptance import require_accepted
from portal.models import ApiToken, User
from portal.queries import tokens

REFUSED = _("This token is unknown, revoked or expired. Make a new one on the page of your tokens.")


class TokenAuthentication(BaseAuthentication):
    """The person whose token the request carries."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The person and the token; nobody when the request carries none.

        Refused when it does not hold, and when its person has not accepted the texts in force.
        """
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"token":
            return None
        return self._holder(secret.strip())

    def authenticate_header(self, request: Request) -> str:
        """What a refused request is told to send, with status 401."""
        return "Token"

    def _holder(self, secret: bytes) -> tuple[User, ApiToken]:
        token = tokens.valid_by(secret.decode("ascii", errors="replace"))
        if token is None:
            raise AuthenticationFailed(REFUSED)
        require_accepted(token.user)
        return token.user, token


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes the token."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """An API key in the Authorization header."""
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token jb_…"}
