"""Panels, seats, sheets and scores."""


class Panels:
    """Panels, seats, sheets and scores."""
