"""Addresses of the API: payments."""

urlpatterns: list = []
