"""Addresses of the pages: boards."""

from django.urls import path

from challenges.pages import boards

urlpatterns = [
    path("boards/", boards.index, name="boards"),
    path("boards/<uuid:pk>/", boards.show, name="board"),
]
