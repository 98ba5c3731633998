"""Addresses of the API: decisions."""

urlpatterns: list = []
