"""Addresses of the pages: instalments."""

urlpatterns: list = []
