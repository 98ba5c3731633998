"""Addresses of the pages: payments."""

urlpatterns: list = []
