"""Reads from applications to payments; each starts at visible_to."""
