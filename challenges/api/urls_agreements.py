"""Addresses of the API: agreements."""

urlpatterns = []
