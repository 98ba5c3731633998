"""Addresses of the pages: boards."""

urlpatterns = []
