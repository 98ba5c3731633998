"""Addresses of the API: ledger."""

urlpatterns: list = []
