"""Attempts to break a rule as the web role, with raw SQL."""
