"""Addresses of the pages of objections."""

from django.urls import path

from challenges.pages import objections

urlpatterns = [
    path("notices/<uuid:pk>/object/", objections.file, name="objection-file"),
    path("objections/", objections.index, name="objections"),
    path("objections/<uuid:pk>/", objections.show, name="objection"),
]
