"""Addresses of the API: programmes."""

urlpatterns = []
