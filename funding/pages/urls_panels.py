"""Addresses of the pages: panels."""

urlpatterns: list = []
