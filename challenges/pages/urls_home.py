"""Addresses of the pages: home."""

urlpatterns = []
