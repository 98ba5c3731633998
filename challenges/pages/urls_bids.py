"""Addresses of the pages: bids."""

urlpatterns = []
