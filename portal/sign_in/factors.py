"""Second factors as the library sees them: their secrets are sealed, and the last one of an official stays."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from portal.models import User
from portal.second_factor import PROVES, needs_second_factor
from portal.sign_in.words import FACTOR_REFUSALS
from portal.vault import seal_text, unseal_text

CONTEXT = "second-factor"


class FactorAdapter(DefaultMFAAdapter):
    """Everything that concerns second factors."""

    error_messages = DefaultMFAAdapter.error_messages | FACTOR_REFUSALS

    def encrypt(self, text: str) -> str:
        """Seal a secret for its row."""
        return b64encode(seal_text(text, CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret of a row."""
        return unseal_text(b64decode(encrypted_text), CONTEXT)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a second factor keeps one."""
        if authenticator.type not in PROVES or not needs_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=PROVES)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """What a new key is called until its owner names it."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Key %(number)s") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Under which name browsers keep a passkey."""
        return super().get_public_key_credential_rp_entity() | {"name": "揭榜 Jiebang"}
