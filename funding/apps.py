"""The funding app."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Names the app; adds its sentences."""

    name = "funding"

    def ready(self) -> None:
        """Register the words of refusals."""
        from funding.words import WORDS
        from portal import words

        words.register(WORDS)
