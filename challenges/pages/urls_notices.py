"""Addresses of the pages: public notices."""

from django.urls import path

from challenges.pages import notices

urlpatterns = [
    path("notices/", notices.index, name="notices"),
    path("notices/<uuid:pk>/", notices.show, name="notice"),
]
