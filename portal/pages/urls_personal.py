"""Addresses of the city's settings, its legal texts, and one's own data."""

from django.urls import path

from portal.pages import legal_texts, looks, my_data, public_texts, rectifying, settings

urlpatterns = [
    path("settings/", settings.show_settings, name="settings"),
    path("settings/proposals/<uuid:pk>/confirm", settings.confirm, name="setting-confirm"),
    path("settings/proposals/<uuid:pk>/decline", settings.decline, name="setting-decline"),
    path("settings/<slug:name>/", settings.show_setting, name="setting"),
    path("legal-texts/", legal_texts.index, name="legal-texts"),
    path("legal-texts/<slug:kind>/write/", legal_texts.write, name="legal-text-write"),
    path("legal-texts/<uuid:pk>/", legal_texts.show, name="legal-text"),
    path("legal-texts/<uuid:pk>/publish", legal_texts.publish, name="legal-text-publish"),
    path("legal-texts/<uuid:pk>/decline", legal_texts.decline, name="legal-text-decline"),
    path("personal-data/", looks.index, name="personal-data-looks"),
    path("personal-data/corrections/", rectifying.index, name="corrections"),
    path("personal-data/corrections/<uuid:pk>/", rectifying.answer, name="correction-answer"),
    path("personal-data/<slug:code>/<uuid:pk>/", looks.look, name="personal-data-look"),
    path("account/data/correct/", rectifying.ask, name="correction-ask"),
    path("account/data/", my_data.show, name="my-data"),
    path("account/data/looks/", looks.mine, name="my-looks"),
    path("account/data/copies", my_data.ask_export, name="data-export-ask"),
    path("account/data/copies/<uuid:pk>/", my_data.take_export, name="data-export-take"),
    path("privacy/", public_texts.privacy, name="privacy"),
    path("privacy/<int:version>/", public_texts.privacy, name="privacy"),
    path("terms/", public_texts.terms, name="terms"),
    path("terms/<int:version>/", public_texts.terms, name="terms"),
    path("accessibility/", public_texts.accessibility, name="accessibility"),
    path("please-read/", public_texts.please_read, name="please-read"),
]
