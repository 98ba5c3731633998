"""Attacks act on committed rows, as the web role."""

from tests.attacks.attack import attack

__all__ = ["attack"]
