"""Addresses of the record of a case."""

from django.urls import path

from challenges.pages import cases

urlpatterns = [
    path("cases/<uuid:pk>/record/", cases.record, name="case-record"),
    path("cases/<uuid:pk>/record/<uuid:event>/proof.json", cases.proof, name="case-proof"),
]
