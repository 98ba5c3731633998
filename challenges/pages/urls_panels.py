"""Addresses of the pages: panels."""

urlpatterns = []
