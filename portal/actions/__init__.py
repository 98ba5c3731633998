"""Decisions about people and organisations."""
