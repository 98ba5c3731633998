"""What people type to sign in, sign up and prove themselves: the library's forms in our words and look."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.forms import FILL_IN, Errors
from portal.mobile import full_number

PASSWORD_HELP = _("At least 10 characters, not only digits, and none that many people use.")
CODE_HELP = _("Six digits. Spaces do not matter.")
CODE_LIVES_SECONDS = 120


class MobileField(forms.CharField):
    """A mobile number; without a country it is a Chinese one. Its value has the country."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Mobile number"))
        attrs = {"autocomplete": "tel", "inputmode": "tel"}
        super().__init__(max_length=24, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: object) -> str:
        """The number with its country."""
        typed = super().clean(value)
        number = full_number(typed)
        if typed and not number:
            raise ValidationError(_("This is no mobile number. Type in 11 digits, or + and the country first."), code="no_number")
        return number


class Ours:
    """What these forms share: our errors, our labels, help in place of text inside the controls."""

    words: dict[str, tuple] = {}
    error_css_class = "wrong"

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("error_class", Errors)
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = FILL_IN
            field.help_text = ""
            label, *help_text = self.words.get(name, (field.label,))
            field.label = label
            if help_text:
                field.help_text = help_text[0]


class Code(Ours):
    """A form that asks for a code which was sent."""

    words = {"code": (_("Code"), CODE_HELP)}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True, "autocomplete": "one-time-code"}


class SignInForm(Ours, account.LoginForm):
    """E-mail or mobile number, and password."""

    words = {"login": (_("E-mail or mobile number"),), "password": (_("Password"),)}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}

    def clean_login(self) -> str:
        """The address in small letters, or the number with its country."""
        typed = super().clean_login()
        return full_number(typed) or typed.lower()


class SignUpForm(Ours, account.SignupForm):
    """A new account."""

    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "email", "password1"]
    words = {
        "email": (_("E-mail"), _("You sign in with it, and the portal writes to it.")),
        "password1": (_("Password"), PASSWORD_HELP),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["phone"]  # a number is added, and confirmed, on the account's page
        self.fields["email"].widget.attrs["autocomplete"] = "username"


class AddressForm(Ours, account.AddEmailForm):
    """The address that replaces the present one."""

    words = {"email": (_("New address"), _("A code goes there; the address changes once you type it in."))}


class ChangePasswordForm(Ours, account.ChangePasswordForm):
    """The present password and the new one."""

    words = {"oldpassword": (_("Present password"),), "password1": (_("New password"), PASSWORD_HELP)}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]


class SetPasswordForm(Ours, account.SetPasswordForm):
    """The first password of somebody who had none."""

    words = {"password1": (_("Password"), PASSWORD_HELP)}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]


class ForgottenForm(Ours, account.ResetPasswordForm):
    """The address to which the code for a new password goes."""

    words = {"email": (_("E-mail"),)}


class NewPasswordForm(Ours, account.ResetPasswordKeyForm):
    """The new password after a code."""

    words = {"password1": (_("New password"), PASSWORD_HELP)}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["password2"]


class AgainForm(Ours, account.ReauthenticateForm):
    """The password once more."""

    words = {"password": (_("Password"),)}


class AskCodeForm(Ours, account.RequestLoginCodeForm):
    """Where the code to sign in goes."""

    words = {
        "email": (_("E-mail"), _("Leave it empty if you give a number.")),
        "phone": (_("Mobile number"), _("One that you have confirmed in your account.")),
    }

    def clean(self) -> dict:
        """One of the two is needed."""
        cleaned = super().clean()
        if not self.errors and not (cleaned.get("email") or cleaned.get("phone")):
            raise ValidationError(_("Type in your e-mail address or your mobile number."), code="invalid_login")
        return cleaned


class ResetCodeForm(Code, account.ConfirmPasswordResetCodeForm):
    """The code for a new password."""


class SignInCodeForm(Code, account.ConfirmLoginCodeForm):
    """The code to sign in."""


class AddressCodeForm(Code, account.ConfirmEmailVerificationCodeForm):
    """The code that confirms an address."""


class MobileForm(Ours, account.ChangePhoneForm):
    """A new mobile number."""

    words = {"phone": (_("Mobile number"), _("A code goes there; the number counts once you type it in."))}


class MobileCodeForm(Code, account.VerifyPhoneForm):
    """The code that confirms a number."""


class OnceOnly:
    """A code of an authenticator is taken once, for as long as the clock's tolerance would take it again."""

    words = {"code": (_("Code"), _("Six digits of your authenticator, or one of your recovery codes."))}
    authenticator: Authenticator
    user: Any

    def clean_code(self) -> str:
        """The code, unless it was used a moment ago."""
        code = super().clean_code()
        key = f"factor-code:{self.user.pk}:{code.replace(' ', '')}"
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(key, True, CODE_LIVES_SECONDS):
            raise ValidationError(_("This code was used already. Wait for the next one."), code="incorrect_code")
        return code


class FactorForm(OnceOnly, Code, factor.AuthenticateForm):
    """The second factor while signing in."""

    words = OnceOnly.words


class FactorAgainForm(OnceOnly, Code, factor.ReauthenticateForm):
    """The second factor once more, before something sensitive."""

    words = OnceOnly.words


class GeneratorForm(Code, totp.ActivateTOTPForm):
    """The first code of a new authenticator."""

    words = {"code": (_("Code of the app"), CODE_HELP)}


class KeyForm(Ours, webauthn.AddWebAuthnForm):
    """A new passkey or security key."""

    words = {
        "name": (_("Name of the key"), _("To tell your keys apart.")),
        "passwordless": (_("Use it as a passkey"), _("You then sign in with it alone: it asks for a finger, a face or a PIN.")),
    }


class KeyNameForm(Ours, webauthn.EditWebAuthnForm):
    """Another name for a key."""

    words = {"name": (_("Name of the key"),)}
