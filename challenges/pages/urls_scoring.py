"""Addresses of the pages: scoring."""

urlpatterns = []
