"""Addresses of the API: needs."""

urlpatterns = []
