"""Addresses of the API: objections."""

urlpatterns: list = []
