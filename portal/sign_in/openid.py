"""Sign-on with a public identity (OpenID Connect): joined to an account by its owner, never by a claim.

The provider is configured by the environment alone. Whoever comes with an identity that is joined
to no account is asked to sign in to theirs, and joins it there.
"""

from urllib.parse import urlsplit

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.kernel.errors import NotFound
from portal.web import refuse

HOME = ("localhost", "127.0.0.1", "::1")


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Everything that concerns joined identities."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """An identity opens no account; a person does."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An identity that belongs to no account yet: sign in to the account first, then join it."""
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        messages.warning(
            request,
            _("This identity is not joined to an account here. Sign in to your account as usual, then join it on this page."),
        )
        onward = urlencode({"next": reverse("socialaccount_connections")})
        raise ImmediateHttpResponse(redirect(f"{reverse('account_login')}?{onward}"))


class Provider(OpenIDConnectOAuth2Adapter):
    """The provider; its ID token is checked by its keys also where it came over a direct line."""

    @property
    def openid_config(self) -> dict:
        """What the provider says of itself; every address of it must be https, except on this machine."""
        config = super().openid_config
        for name in ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"):
            address = urlsplit(config[name])
            if address.scheme != "https" and address.hostname not in HOME:
                raise OAuth2Error(f"{name} is not https")
        return config

    def complete_login(self, request: HttpRequest, app: SocialApp, token: object, **about: object) -> SocialLogin:
        """The identity of the ID token; what userinfo adds must be about the same person."""
        login = super().complete_login(request, app, token, **about)
        known = login.account.extra_data
        proved = known.get("id_token")
        if not proved or known.get("userinfo", proved).get("sub") != proved["sub"]:
            raise OAuth2Error("userinfo and ID token name different people")
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict:
        config = self.openid_config
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=config["jwks_uri"],
            issuer=config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )


def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Go to the provider."""
    return _answer(OAuth2LoginView, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from the provider."""
    return _answer(OAuth2CallbackView, request, provider_id)


def _answer(view: type, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        return view.adapter_view(Provider(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        return refuse(request, NotFound())
    except (requests.RequestException, OAuth2Error):
        return render(request, "socialaccount/authentication_error.html", status=503)
