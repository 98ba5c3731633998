"""Addresses of the API: selection."""

urlpatterns = []
