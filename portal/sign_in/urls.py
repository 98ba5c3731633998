"""Addresses of everything that has to do with getting in.

The names are those by which the library finds its own pages; ``sign-in``, ``sign-out`` and
``sign-up`` are what the rest of the portal calls them.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as identity
from django.urls import URLPattern, path

from portal.pages import access
from portal.sign_in import openid
from portal.sign_in.pages import View, add_app, add_key, end_session, list_sessions, new_codes, ours, remove_key


def at(address: str, view: View, *names: str) -> list[URLPattern]:
    """A page under one address and each of its names."""
    return [path(address, ours(view), name=name) for name in names]


urlpatterns = [
    # in and out
    *at("sign-in/", account.login, "account_login", "sign-in"),
    *at("sign-in/code/", account.request_login_code, "account_request_login_code"),
    *at("sign-in/code/confirm/", account.confirm_login_code, "account_confirm_login_code"),
    *at("sign-in/passkey/", webauthn.login_webauthn, "mfa_login_webauthn"),
    *at("sign-in/second-factor/", factor.authenticate, "mfa_authenticate"),
    *at("sign-in/closed/", account.account_inactive, "account_inactive"),
    *at("sign-out/", account.logout, "account_logout", "sign-out"),
    *at("sign-up/", account.signup, "account_signup", "sign-up"),
    *at("sign-up/confirm/", account.email_verification_sent, "account_email_verification_sent"),
    # a forgotten password
    *at("sign-in/forgotten/", account.password_reset, "account_reset_password"),
    *at("sign-in/forgotten/code/", account.confirm_password_reset_code, "account_confirm_password_reset_code"),
    *at("sign-in/forgotten/new/", account.complete_password_reset, "account_complete_password_reset"),
    *at("sign-in/forgotten/done/", account.password_reset_from_key_done, "account_password_reset_completed"),
    # one's own account
    *at("account/address/", account.email, "account_email"),
    *at("account/mobile/", account.change_phone, "account_change_phone"),
    *at("account/mobile/code/", account.verify_phone, "account_verify_phone"),
    *at("account/password/", account.password_change, "account_change_password"),
    *at("account/password/first/", account.password_set, "account_set_password"),
    *at("account/again/", account.reauthenticate, "account_reauthenticate"),
    *at("account/again/code/", factor.reauthenticate, "mfa_reauthenticate"),
    *at("account/again/key/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    *at("account/second-factor/", factor.index, "mfa_index"),
    *at("account/second-factor/app/", add_app, "mfa_activate_totp"),
    *at("account/second-factor/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    *at("account/second-factor/keys/", webauthn.list_webauthn, "mfa_list_webauthn"),
    *at("account/second-factor/keys/add/", add_key, "mfa_add_webauthn"),
    *at("account/second-factor/keys/<int:pk>/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    *at("account/second-factor/keys/<int:pk>/remove/", remove_key, "mfa_remove_webauthn"),
    *at("account/second-factor/codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    *at("account/second-factor/codes/new/", new_codes, "mfa_generate_recovery_codes"),
    path("account/sessions/", list_sessions, name="usersessions_list"),
    path("account/sessions/<int:pk>/end", end_session, name="session-end"),
    # accounts that officials look after
    path("accounts/", access.find_person, name="person-find"),
    path("accounts/<uuid:pk>/", access.show, name="person-access"),
    path("accounts/<uuid:pk>/new-start", access.ask_reset, name="person-reset-ask"),
    path("accounts/new-start/<uuid:pk>/confirm", access.confirm_reset, name="person-reset-confirm"),
    path("accounts/<uuid:pk>/sign-out", access.sign_out, name="person-sign-out"),
    path("accounts/<uuid:pk>/suspend", access.suspend, name="person-suspend"),
    path("accounts/<uuid:pk>/restore", access.restore, name="person-restore"),
    # sign-on with a public identity
    *at("account/identity/", identity.connections, "socialaccount_connections"),
    *at("sign-in/identity/cancelled/", identity.login_cancelled, "socialaccount_login_cancelled"),
    *at("sign-in/identity/error/", identity.login_error, "socialaccount_login_error"),
    *at("sign-in/identity/<slug:provider_id>/", openid.begin, "openid_connect_login"),
    *at("sign-in/identity/<slug:provider_id>/back/", openid.come_back, "openid_connect_callback"),
]
