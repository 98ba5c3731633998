"""What is the same everywhere: apps, middleware, languages, sessions, security headers, API and jobs."""

from django.utils.translation import gettext_lazy as _

from portal.settings import env
from portal.settings.logs import logging_by
from portal.settings.sign_in import *  # noqa: F403

BASE_DIR = env.BASE_DIR

# Secrets and addresses
SECRET_KEY = env.secret("SECRET_KEY")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")
SITE_URL = env.address("SITE_URL")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ESCROW_KEY = env.key("ESCROW_KEY")
VAULT_KEY = env.key("VAULT_KEY")
SIGNING_KEY = env.key("SIGNING_KEY")
DEBUG = False
CLOCK_MUST_BE_REAL = False

# Apps; portal first, so that its commands stand before Django's
INSTALLED_APPS = [
    "portal",
    "challenges",
    "funding",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "csp",
    "django_structlog",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.context.hold_frame",
    "portal.security_log.know_where_from",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.limits.Limits",
    "portal.acceptance.ask_first",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "portal.acting.Acting",
    "portal.sign_in.sessions.LastUse",
    "portal.sign_in.enrolment.Enrolment",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "portal.templatetags.components",
                "portal.templatetags.doers",
                "portal.templatetags.money",
                "portal.templatetags.moments",
                "portal.templatetags.roles",
            ],
        },
    },
]
FORM_RENDERER = "portal.forms.Renderer"

# Database, cache, sessions
DATABASES = env.databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.redis("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.redis_cache()}}
VISITOR_PAGE_SECONDS = 5  # how long a public page made for one visitor is given to others
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True

# Languages and time; Chinese is the fallback, the browser's wish comes first
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Files; uploads stay in memory, because a part of a sealed bid must not touch the disk unencrypted
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "portal.staticfiles.StaticFiles"},
}
STORAGE_ROOT = env.folder("STORAGE_ROOT")
STORAGES["vault"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": STORAGE_ROOT, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
}
TREASURY_INBOX = env.folder("TREASURY_INBOX") if env.text("TREASURY_INBOX") else None
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Mail
globals().update(env.mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL")
EMAIL_TIMEOUT = 20

# Limits; the address of a visitor is the one that the last trusted proxy saw
RATE_LIMITS = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.count("TRUSTED_PROXIES")

# Headers
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *filter(None, [OIDC_ORIGIN])],  # noqa: F405  browsers follow its redirect
        "frame-ancestors": ["'none'"],
    },
}

# API
REST_FRAMEWORK = {
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "portal.api.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "portal.api.errors.answer",
    "PAGE_SIZE": 25,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Jiebang",
    "DESCRIPTION": "The API of the portal: everything that its pages do, through the same actions and permissions.",
    "VERSION": "1.0.0",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [],  # choices stay with their field; as components their names would clash
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# Jobs; the timetable and the queues stand in portal/celery.py
CELERY_BROKER_URL = REDIS_URL

# Logs
LOG_LEVEL = env.level("LOG_LEVEL")
LOGGING = logging_by("plain", LOG_LEVEL)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
