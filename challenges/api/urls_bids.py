"""Addresses of the API: bids."""

urlpatterns = []
