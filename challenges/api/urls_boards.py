"""Addresses of the API: boards."""

urlpatterns = []
