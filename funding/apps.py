"""The funding app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    """Names the app; adds its sentences."""

    name = "funding"

    def ready(self) -> None:
        """Register the words of refusals."""
        from challenges.models import PanelPurpose
        from challenges.queries import notice_items, subjects, todo
        from funding.permissions.accounts import is_finance
        from funding.queries import money_todo
        from funding.queries.award_items import AWARDS
        from funding.queries.ledger import reads_ledger
        from funding.queries.project_panels import dossier_of, subject_of
        from funding.queries.projects import sees_appropriations
        from funding.queries.todo import todo_of
        from funding.words import NAMES, WORDS
        from portal import context, words

        context.navigate(_("Rounds"), "rounds", at=43, when=context.signed_in)
        context.navigate(_("Projects"), "projects", at=44, when=context.signed_in)
        context.navigate(_("Appropriations"), "appropriations", at=61, when=sees_appropriations)
        context.navigate(_("Instalments"), "instalments", at=46, when=context.signed_in)
        context.navigate(_("Milestones"), "milestones", at=47, when=context.signed_in)
        context.navigate(_("City payments"), "payments", at=62, when=reads_ledger)
        context.navigate(_("Payment lists"), "payment-lists", at=63, when=is_finance)
        context.navigate(_("Bank accounts"), "bank-accounts", at=64, when=is_finance)
        context.navigate(_("Ledger"), "ledger", at=65, when=reads_ledger)
        words.register(WORDS, NAMES)
        subjects.register(PanelPurpose.PROJECT_REVIEW, subject_of)
        subjects.register_dossier(PanelPurpose.PROJECT_REVIEW, dossier_of)
        notice_items.register(*AWARDS)
        todo.also(todo_of)
        todo.also(money_todo.todo_of)
