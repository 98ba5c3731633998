"""Accounts as the library sees them: signing up, in and out, passwords, addresses, mobile numbers, mails."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from portal.actions import account, registering
from portal.clock import portal_now
from portal.dispatch import CODES_LIVE, WARNINGS_LIVE, promise
from portal.mobile import full_number
from portal.models import Channel, SecurityKind, User
from portal.queries.merges import leads_to
from portal.record import record
from portal.security_log import digest_of_address, note
from portal.sign_in import limits
from portal.sign_in.words import REFUSALS

CHANGES = {
    # the library's notice: what the record says (unless the page has said it), and the kind of line in the security log
    "account/email/email_changed": ("user.email_changed", None),
    "account/email/password_changed": (None, SecurityKind.PASSWORD_CHANGED),
    "account/email/password_set": (None, SecurityKind.PASSWORD_CHANGED),
    "account/email/password_reset": (None, SecurityKind.PASSWORD_CHANGED),
    "mfa/email/totp_activated": (None, SecurityKind.SECOND_FACTOR_CHANGED),
    "mfa/email/totp_deactivated": ("user.second_factor_removed", SecurityKind.SECOND_FACTOR_CHANGED),
    "mfa/email/webauthn_added": ("user.second_factor_added", SecurityKind.SECOND_FACTOR_CHANGED),
    "mfa/email/webauthn_removed": ("user.second_factor_removed", SecurityKind.SECOND_FACTOR_CHANGED),
    "mfa/email/recovery_codes_generated": (None, SecurityKind.SECOND_FACTOR_CHANGED),
    "socialaccount/email/account_connected": ("user.identity_connected", SecurityKind.SECOND_FACTOR_CHANGED),
    "socialaccount/email/account_disconnected": ("user.identity_disconnected", SecurityKind.SECOND_FACTOR_CHANGED),
}


class AccountAdapter(DefaultAccountAdapter):
    """Everything that concerns accounts."""

    error_messages = DefaultAccountAdapter.error_messages | REFUSALS

    # Signing up

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Open the account that the form describes; it cannot be used before its address is confirmed."""
        typed = form.cleaned_data
        return registering.register_person(
            email=typed["email"], name=typed["name"], password=typed["password1"],
            language=get_language() or settings.LANGUAGE_CODE, now=portal_now(),
        )  # fmt: skip

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        """Note in the record that an address was confirmed."""
        with transaction.atomic():
            confirmed = super().confirm_email(request, email_address)
            if confirmed:
                record("user.email_confirmed", email_address.user, by=email_address.user)
        return confirmed

    # Signing in and out

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return limits.lock_key(credentials.get("phone") or credentials.get("email") or "")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse an account, or a visitor, with too many failures; say until when."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note(SecurityKind.LOCKED_OUT, request=request, account=self._digest(request, credentials))
            raise

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """An account merged into another says with which address its person signs in now."""
        if to := leads_to(user):
            messages.error(request, _("This account was merged into another one. Sign in with %(email)s.") % {"email": to})
            return redirect("sign-in")
        return super().respond_user_inactive(request, user)

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """The library's refusal in our words; after too many tries with the time to wait."""
        if code == "too_many_login_attempts" and self.request is not None:
            return ValidationError(limits.sentence(self.request), code=code)
        return super().validation_error(code, *args)

    def is_reauthentication_required(self, *, app: str, **about: Any) -> bool:
        """Ask for the password again unless this session was begun with it, or with a second factor, just now."""
        records = current.request.session.get("account_authentication_methods") or []
        fresh = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        just_now = any(each["at"] > fresh for each in records if each["method"] in ("password", "mfa"))
        return not just_now and super().is_reauthentication_required(app=app, **about)

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """The ways to prove oneself again, in our words."""
        words = {
            "reauthenticate": _("With your password"),
            "mfa_reauthenticate": _("With a code of your authenticator"),
            "mfa_reauthenticate:webauthn": _("With a passkey or security key"),
        }
        return [way | {"description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]

    # Passwords and mobile numbers

    def set_password(self, user: User, password: str) -> None:
        """Replace a password; every other session of the person ends with it."""
        account.set_password(user, password, by=user, now=portal_now())

    def phone_form_field(self, **options: Any) -> Any:
        """The field for a mobile number."""
        from portal.sign_in.forms import MobileField

        return MobileField(**options)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Whose confirmed number this is."""
        number = full_number(phone)
        return User.objects.filter(phone=number, phone_verified_at__isnull=False).first() if number else None

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        """A person's number; one that was never confirmed is for the bureau's telephone only and counts as none."""
        return (user.phone, True) if user.phone_verified_at else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        """Keep a number once it is confirmed, not before."""
        if verified:
            self.set_phone_verified(user, phone)

    def set_phone_verified(self, user: User, phone: str) -> None:
        """Keep the number that a code has confirmed."""
        account.confirm_phone(user, full_number(phone), by=user, now=portal_now())

    def send_verification_code_sms(self, user: User, phone: str, code: str, **about: Any) -> None:
        """Promise the text message with a code."""
        text = _("Your Jiebang code is %(code)s. It holds for 10 minutes. Give it to nobody.") % {"code": code}
        promise(Channel.SMS, to=full_number(phone), text=text, live=CODES_LIVE)

    # Mails

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Promise a mail; the first line of its template is the subject."""
        template = get_template(f"{template_prefix}.txt").template
        text = template.render(Context(context | {"site_url": settings.SITE_URL}, autoescape=False))
        subject, _rest, body = text.strip().partition("\n")
        live = CODES_LIVE if "code" in context else WARNINGS_LIVE
        promise(Channel.MAIL, to=email, subject=subject.strip(), text=body.strip(), live=live)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict | None = None, email: str | None = None
    ) -> None:
        """A change of how somebody signs in: for the record, for the security log, and to the person in their language."""
        event, kind = CHANGES.get(template_prefix, (None, None))
        with transaction.atomic(), override(user.language):
            if event:
                record(event, user, by=user)
            if kind:
                note(kind, person=user, request=self.request, what=template_prefix.rpartition("/")[2])
            super().send_notification_mail(template_prefix, user, context, email)

    @staticmethod
    def _digest(request: HttpRequest, credentials: dict[str, Any]) -> str:
        return digest_of_address(limits.lock_key(credentials.get("phone") or credentials.get("email") or ""))
