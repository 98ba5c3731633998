"""Addresses of the pages: decisions."""

urlpatterns: list = []
