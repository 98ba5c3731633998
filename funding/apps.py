"""The funding app."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Names the app; adds its sentences."""

    name = "funding"

    def ready(self) -> None:
        """Register the words of refusals."""
        from challenges.models import PanelPurpose
        from challenges.queries import notice_items, subjects
        from funding.queries.award_items import AWARDS
        from funding.queries.project_panels import subject_of
        from funding.words import NAMES, WORDS
        from portal import words

        words.register(WORDS, NAMES)
        subjects.register(PanelPurpose.PROJECT_REVIEW, subject_of)
        notice_items.register(*AWARDS)
