"""Programmes, calls, needs and boards."""


class Needs:
    """Programmes, calls, needs and boards."""
