"""Addresses of the API: taskbooks."""

urlpatterns: list = []
