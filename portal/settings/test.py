"""The tests: the same portal on throw-away services, with quick passwords, plain static files and no pool."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES, STORAGES

DATABASES["default"]["OPTIONS"] = {
    name: value for name, value in DATABASES["default"].get("OPTIONS", {}).items() if name != "pool"
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
ALLOWED_HOSTS = ["*"]
VISITOR_PAGE_SECONDS = 0
RATE_LIMITS = False  # thousands of requests of one machine; tests/portal/test_limits.py turns them on
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # the same; tests/portal/sign_in/test_lock_out.py turns them on
SEEN_EVERY_SECONDS = 0
