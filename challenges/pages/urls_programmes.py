"""Addresses of programmes, rules and calls."""

from django.urls import path

from challenges.pages import programmes

urlpatterns = [
    path("calls/", programmes.calls, name="calls"),
    path("programmes/", programmes.index, name="programmes"),
    path("programmes/new/", programmes.create, name="programme-new"),
    path("programmes/<uuid:pk>/", programmes.show, name="programme"),
    path("programmes/<uuid:pk>/rules/new/", programmes.adopt, name="rules-new"),
    path("rules/<uuid:pk>/", programmes.rules, name="rules"),
    path("rules/<uuid:pk>/calls/new/", programmes.open_call, name="call-new"),
]
