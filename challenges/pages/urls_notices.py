"""Addresses of the pages: notices."""

urlpatterns = []
