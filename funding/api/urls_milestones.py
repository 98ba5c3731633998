"""Addresses of the API: milestones."""

urlpatterns: list = []
