"""Addresses of the pages: taskbooks."""

urlpatterns: list = []
