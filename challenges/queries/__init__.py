"""Reads from needs to agreements; each starts at visible_to."""
