"""Addresses of the pages: projects."""

urlpatterns: list = []
