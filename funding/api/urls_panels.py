"""Addresses of the API: panels."""

urlpatterns: list = []
