"""Every address of the portal."""

from django.conf import settings
from django.urls import include, path

from portal import health
from portal.pages import errors, language
from portal.sign_in import limits

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = limits.too_often
handler500 = errors.broken

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("language/", language.choose, name="set-language"),
    path("api/v1/", include("portal.api.urls")),
    path("api/v1/", include("portal.api.urls_personal")),
    path("api/v1/", include("portal.api.urls_retention")),
    path("api/v1/", include("challenges.api.urls")),
    path("api/v1/", include("funding.api.urls")),
    path("", include("portal.sign_in.urls")),
    path("", include("portal.pages.urls")),
    path("", include("portal.pages.urls_personal")),
    path("", include("portal.pages.urls_retention")),
    path("", include("challenges.urls")),
    path("", include("funding.urls")),
]

if settings.DEBUG:
    from portal.pages import style

    urlpatterns.insert(0, path("style/", style.guide, name="style"))
