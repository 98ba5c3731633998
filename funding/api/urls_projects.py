"""Addresses of the API: projects."""

urlpatterns: list = []
