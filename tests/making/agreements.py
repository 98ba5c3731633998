"""Agreements, drafted and signed."""


class Agreements:
    """Agreements, drafted and signed."""
