"""Addresses of the pages: the ledger."""

from django.urls import path

from funding.pages import ledger

urlpatterns = [
    path("ledger/", ledger.index, name="ledger"),
    path("ledger/entries/", ledger.entries, name="ledger-entries"),
    path("appropriations/<uuid:pk>/account/", ledger.appropriation, name="appropriation-account"),
    path("projects/<uuid:pk>/account/", ledger.project, name="project-account"),
]
