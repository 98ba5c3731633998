"""Addresses of the pages of decisions."""

from django.urls import path

from funding.pages import decisions

urlpatterns = [
    path("rounds/<uuid:pk>/decisions/record/", decisions.record, name="decision-record"),
    path("decisions/<uuid:pk>/", decisions.show, name="decision"),
    path("decisions/<uuid:pk>/confirm/", decisions.confirm, name="decision-confirm"),
    path("decisions/<uuid:pk>/scan/", decisions.scan, name="decision-scan"),
]
