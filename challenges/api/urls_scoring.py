"""Addresses of the API: scoring."""

urlpatterns = []
