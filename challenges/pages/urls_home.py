"""Addresses of the front door and of everybody's home."""

from django.urls import path

from challenges.pages import home

urlpatterns = [
    path("", home.front, name="front"),
    path("home/", home.home, name="home"),
]
