"""Addresses of the challenge road, one list per stage."""

from django.urls import include, path

STAGES = ("home", "programmes", "needs", "boards", "notices", "objections", "bids", "opening", "panels", "scoring", "selection", "agreements", "cases")

urlpatterns = [path("", include(f"challenges.pages.urls_{stage}")) for stage in STAGES]
