"""A city's servers, behind a proxy that ends TLS: cookies by https only, strict transport, logs as JSON."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import LOG_LEVEL
from portal.settings.logs import logging_by

CLOCK_MUST_BE_REAL = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrftoken"
LOGGING = logging_by("json", LOG_LEVEL)
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers preload the city's whole domain is the city's decision
