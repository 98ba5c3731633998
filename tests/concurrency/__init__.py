"""Races: real threads, real commits, one winner."""
