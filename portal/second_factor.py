"""Who must have a second factor, and whether they have one: an authenticator, a passkey or a security key."""

from collections.abc import Mapping

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from portal.queries.people import powers_of

PROVES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes stand in for a lost one; alone they are no second factor."""
NO_FACTOR = _("Your role needs a second factor. Add one on the page of your account, then try again.")


def needs_second_factor(user) -> bool:
    """People of bureau, finance and districts, and experts: everybody who holds a role of the programme."""
    return bool(powers_of(user).roles)


def has_second_factor(user) -> bool:
    """Whether something is enrolled with which this person can prove themselves a second time."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=PROVES).exists()


def proved_twice(session: Mapping[str, object], user) -> bool:
    """Whether this session was begun, or went on, with a second factor of this person's."""
    if session.get("account_authentication_methods_user") != str(user.pk):
        return False
    methods = session.get("account_authentication_methods") or []
    return any(each.get("method") == "mfa" for each in methods)
