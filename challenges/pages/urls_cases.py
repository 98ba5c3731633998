"""Addresses of the pages: cases."""

urlpatterns = []
