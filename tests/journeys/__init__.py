"""Whole cases, driven through pages and through the API."""
