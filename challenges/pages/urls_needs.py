"""Addresses of the pages: needs."""

urlpatterns = []
