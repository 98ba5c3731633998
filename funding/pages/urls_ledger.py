"""Addresses of the pages: ledger."""

urlpatterns: list = []
