"""Addresses of the API for the city's settings, its legal texts, and one's own data."""

from portal.api import legal, own_data, settings
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
    serve("personal-data/looks/", "api-looks", get=own_data.list_looks_at_personal_data, post=own_data.look_at_personal_data),
    serve("personal-data/corrections/", "api-corrections", get=own_data.list_corrections),
    serve("personal-data/corrections/<uuid:pk>/answer/", "api-correction-answer", post=own_data.answer_correction),
    serve("account/data/", "api-own-data", get=own_data.list_own_data),
    serve("account/data/looks/", "api-own-looks", get=own_data.list_looks_at_own_data),
    serve("account/data/copies/", "api-data-exports", get=own_data.list_data_exports, post=own_data.ask_data_export),
    serve("account/data/copies/<uuid:pk>/file/", "api-data-export-file", get=own_data.take_data_export),
    serve("account/data/corrections/", "api-own-corrections", get=own_data.list_own_corrections, post=own_data.ask_correction),
]
