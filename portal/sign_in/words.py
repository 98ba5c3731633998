"""The library's refusals in our words."""

from django.utils.translation import gettext_lazy as _

TAKEN = _("Another account has confirmed this already. Sign in with it, or use another.")
WRONG = _("E-mail or mobile number and password do not fit each other. Check both and try again.")

REFUSALS = {
    "account_inactive": _("This account is closed. Ask the bureau to open it again."),
    "cannot_remove_primary_email": _("This is your only address; add another one first."),
    "duplicate_email": _("This is your address already."),
    "email_password_mismatch": WRONG,
    "phone_password_mismatch": WRONG,
    "username_password_mismatch": WRONG,
    "email_taken": TAKEN,
    "phone_taken": TAKEN,
    "enter_current_password": _("This is not your present password. Type it in again."),
    "incorrect_code": _("The code is wrong or was used already. Type in the newest one."),
    "incorrect_password": _("The password is wrong. Type it in again."),
    "invalid_login": _("Type in your e-mail address or your mobile number."),
    "too_many_login_attempts": _("There were too many tries. Begin again, with a new code."),
    "unverified_primary_email": _("Confirm your address first."),
    "select_only_one": _("Give the address or the number, not both."),
    "same_as_current": _("This is what you have already. Type in the new one."),
    "rate_limited": _("That was too often. Wait a minute, then try again."),
}

FACTOR_REFUSALS = {
    "cannot_delete_authenticator": _("Your role needs a second factor. Add another one before you remove the last."),
    "cannot_generate_recovery_codes": _("Add an authenticator or a key first; recovery codes stand in for it."),
    "incorrect_code": REFUSALS["incorrect_code"],
    "unverified_email": _("Confirm your address first, then add a second factor."),
    "add_email_blocked": _("Remove the second factor before you change the address."),
}
