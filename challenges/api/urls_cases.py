"""Addresses of the API: cases."""

urlpatterns = []
