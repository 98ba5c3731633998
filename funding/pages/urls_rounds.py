"""Addresses of the pages: rounds."""

urlpatterns: list = []
