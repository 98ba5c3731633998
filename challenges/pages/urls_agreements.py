"""Addresses of the pages: agreements."""

urlpatterns = []
