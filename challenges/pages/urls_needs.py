"""Addresses of the pages: needs."""

from django.urls import path

from challenges.pages import needs

urlpatterns = [
    path("needs/<uuid:pk>/", needs.show, name="need"),
]
