"""Addresses of the API: instalments."""

urlpatterns: list = []
