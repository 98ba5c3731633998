"""Addresses of the pages: opening."""

urlpatterns = []
