"""Addresses of the pages: agreements."""

from django.urls import path

from challenges.pages import agreements

urlpatterns = [
    path("agreements/", agreements.index, name="agreements"),
    path("bids/<uuid:pk>/agreement/", agreements.draft, name="agreement-draft"),
    path("agreements/<uuid:pk>/", agreements.show, name="agreement"),
    path("agreements/<uuid:pk>/terms/", agreements.edit, name="agreement-edit"),
    path("agreements/<uuid:pk>/send/", agreements.send, name="agreement-send"),
    path("agreements/<uuid:pk>/signature/", agreements.sign, name="agreement-sign"),
    path("agreements/<uuid:pk>/registration/", agreements.register, name="agreement-register"),
    path("agreements/<uuid:pk>/end/", agreements.void, name="agreement-void"),
    path("agreements/<uuid:pk>/text.json", agreements.text, name="agreement-text"),
]
