"""Addresses of the pages: notices."""

from django.urls import path

from challenges.pages import notices

urlpatterns = [
    path("notices/<uuid:pk>/", notices.show, name="notice"),
]
