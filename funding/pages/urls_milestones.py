"""Addresses of the pages: milestones."""

urlpatterns: list = []
