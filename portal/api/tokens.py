"""Signing in with a token: ``Authorization: Token jb_…``; only the SHA-256 of the secret is kept."""

from typing import NoReturn

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from portal.acceptance import require_accepted
from portal.acting import HEADER, NOT_IN_FORCE, act_under
from portal.kernel.errors import NotAllowed
from portal.models import ApiToken, SecurityKind, User
from portal.queries import tokens
from portal.queries.acting import in_force
from portal.second_factor import NO_FACTOR, has_second_factor, needs_second_factor
from portal.security_log import note

REFUSED = _("This token is unknown, revoked or expired. Make a new one on the page of your tokens.")


class TokenAuthentication(BaseAuthentication):
    """The person whose token the request carries."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The person and the token; nobody when the request carries none.

        Refused when it does not hold, when its person has not accepted the texts in force, and when
        they hold a role and have no second factor. With the header ``Acting-For`` (the id of a
        delegation) the person acts for somebody else.
        """
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"token":
            return None
        user, token = self._holder(request, secret.strip().decode("ascii", errors="replace"))
        if asked := request.headers.get(HEADER):
            delegation = in_force(user, asked)
            if delegation is None:
                raise NotAllowed("delegation_not_in_force", NOT_IN_FORCE)
            act_under(user, delegation)
        return user, token

    def authenticate_header(self, request: Request) -> str:
        """What a refused request is told to send, with status 401."""
        return "Token"

    def _holder(self, request: Request, secret: str) -> tuple[User, ApiToken]:
        token = tokens.valid_by(secret)
        if token is None:
            self._refuse(request, secret)
        require_accepted(token.user)
        if needs_second_factor(token.user) and not has_second_factor(token.user):
            raise NotAllowed("second_factor_missing", NO_FACTOR)
        return token.user, token

    @staticmethod
    def _refuse(request: Request, secret: str) -> NoReturn:
        """Say no, and note it, once a minute for one token."""
        if cache.add(f"token-refused:{tokens.digest_of(secret)}", True, 60):
            note(SecurityKind.TOKEN_REFUSED, person=tokens.person_of(secret), request=request)
        raise AuthenticationFailed(REFUSED)


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes the token."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        """An API key in the Authorization header."""
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Token jb_…"}
