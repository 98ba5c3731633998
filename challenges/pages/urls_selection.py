"""Addresses of the pages: selection."""

urlpatterns = []
