"""Addresses of the API for the city's settings, its legal texts, and one's own data."""

from portal.api import legal, settings
from portal.api.views import serve

urlpatterns = [
    serve("settings/", "api-settings", get=settings.list_settings),
    serve("settings/<slug:name>/", "api-setting", get=settings.list_setting_history, post=settings.propose_setting),
    serve("settings/proposals/<uuid:pk>/confirmation/", "api-setting-confirm", post=settings.confirm_setting),
    serve("settings/proposals/<uuid:pk>/refusal/", "api-setting-decline", post=settings.decline_setting),
    serve("legal-texts/<slug:kind>/", "api-legal-texts", get=legal.list_legal_texts, post=legal.write_legal_text),
    serve("legal-texts/<uuid:pk>/publication/", "api-legal-text-publish", post=legal.publish_legal_text),
    serve("legal-texts/<uuid:pk>/refusal/", "api-legal-text-decline", post=legal.decline_legal_text),
    serve("account/acceptances/", "api-acceptances", get=legal.list_acceptances),
]
