"""Reads of the shared floor."""
