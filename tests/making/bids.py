"""Bids, drafted, sealed and opened."""


class Bids:
    """Bids, drafted, sealed and opened."""
