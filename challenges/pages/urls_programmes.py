"""Addresses of the pages: programmes."""

urlpatterns = []
