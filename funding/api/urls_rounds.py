"""Addresses of the API: rounds."""

urlpatterns: list = []
