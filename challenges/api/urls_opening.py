"""Addresses of the API: opening."""

urlpatterns = []
