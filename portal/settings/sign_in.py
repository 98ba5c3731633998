"""How people get in: passwords, codes by mail and SMS, passkeys, second factor, sessions, sign-on with a public identity.

The pages are those of django-allauth; what they say and look like is in ``templates/account`` and
its neighbours, what they do with our people in ``portal/sign_in``.
"""

from portal.settings import env
from portal.sign_in.rates import Rates

AUTH_USER_MODEL = "portal.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
CSRF_FAILURE_VIEW = "portal.pages.errors.csrf"

# Passwords
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
BREACHED_PASSWORDS = env.folder("BREACHED_PASSWORDS") if env.text("BREACHED_PASSWORDS") else None
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("name", "email", "phone")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "portal.sign_in.passwords.CommonHere"},
    {"NAME": "portal.sign_in.passwords.Breached"},
]  # fmt: skip

CODE_SECONDS = 10 * 60  # every page, mail and text message says so

# Accounts: one confirmed address each, codes instead of links, and no page that tells who has an account
ACCOUNT_ADAPTER = "portal.sign_in.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "phone"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = CODE_SECONDS
ACCOUNT_PHONE_VERIFICATION_TIMEOUT = CODE_SECONDS
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE, also when the browser is closed meanwhile
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SIGNUP_REDIRECT_URL = "organisation-new"
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_RATE_LIMITS = Rates()

# Second factor
MFA_ADAPTER = "portal.sign_in.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Jiebang"
MFA_RATE_LIMITS = {"webauthn_login": "20/m/ip"}

# Sessions, sealed in the database because they hold codes that are waited for
SESSION_SERIALIZER = "portal.sign_in.sessions.Sealed"
USERSESSIONS_TRACK_ACTIVITY = True
SEEN_EVERY_SECONDS = 120  # how often the last use of a session is noted; 0 notes nothing

# Text messages
SMS_GATEWAY = env.text("SMS_GATEWAY")
SMS_FOLDER = env.folder("SMS_FOLDER")
SMS_URL = env.address("SMS_URL") if env.text("SMS_URL") else ""
SMS_TOKEN = env.text("SMS_TOKEN")

# Sign-on with a public identity; without OIDC_ISSUER there is none
OIDC_ISSUER = env.address("OIDC_ISSUER") if env.text("OIDC_ISSUER") else ""
OIDC_NAME = env.text("OIDC_NAME")
OIDC_ORIGIN = "/".join(OIDC_ISSUER.split("/")[:3])
SOCIALACCOUNT_ADAPTER = "portal.sign_in.openid.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "identity",
            "name": OIDC_NAME,
            "client_id": env.text("OIDC_CLIENT_ID"),
            "secret": env.text("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_ISSUER, "oauth_pkce_enabled": True},
        }
    )

ACCOUNT_FORMS = {
    "login": "portal.sign_in.forms.SignInForm",
    "signup": "portal.sign_in.forms.SignUpForm",
    "add_email": "portal.sign_in.forms.AddressForm",
    "change_password": "portal.sign_in.forms.ChangePasswordForm",
    "set_password": "portal.sign_in.forms.SetPasswordForm",
    "reset_password": "portal.sign_in.forms.ForgottenForm",
    "reset_password_from_key": "portal.sign_in.forms.NewPasswordForm",
    "confirm_password_reset_code": "portal.sign_in.forms.ResetCodeForm",
    "reauthenticate": "portal.sign_in.forms.AgainForm",
    "request_login_code": "portal.sign_in.forms.AskCodeForm",
    "confirm_login_code": "portal.sign_in.forms.SignInCodeForm",
    "confirm_email_verification_code": "portal.sign_in.forms.AddressCodeForm",
    "change_phone": "portal.sign_in.forms.MobileForm",
    "verify_phone": "portal.sign_in.forms.MobileCodeForm",
}
MFA_FORMS = {
    "authenticate": "portal.sign_in.forms.FactorForm",
    "reauthenticate": "portal.sign_in.forms.FactorAgainForm",
    "activate_totp": "portal.sign_in.forms.GeneratorForm",
    "add_webauthn": "portal.sign_in.forms.KeyForm",
    "edit_webauthn": "portal.sign_in.forms.KeyNameForm",
}
