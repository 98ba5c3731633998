"""Addresses of the API: notices."""

urlpatterns = []
