"""The funding app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    """Names the app; adds its sentences."""

    name = "funding"

    def ready(self) -> None:
        """Register the words of refusals."""
        from challenges.models import PanelPurpose
        from challenges.queries import agreeing, credit_work, notice_items, notices, places, subjects, todo
        from funding.permissions.accounts import is_finance
        from funding.permissions.looking import ACCOUNT
        from funding.personal_data import LINES, NOT_PERSONAL
        from funding.queries import credit_work as credit_of_projects
        from funding.queries import money_todo
        from funding.queries.award_items import AWARDS
        from funding.queries.ledger import reads_ledger
        from funding.queries.open_cases import open_cases
        from funding.queries.open_work import open_projects
        from funding.queries.places import cases_under_review
        from funding.queries.project_panels import dossier_of, subject_of
        from funding.queries.projects import has_projects, live_project, sees_appropriations
        from funding.queries.todo import todo_of
        from funding.words import NAMES, WORDS
        from portal import context, masked, personal_data, words
        from portal.queries import retaining, work

        projects, money = _("Projects"), _("City money")
        context.navigate(_("Projects"), "projects", at=43, when=has_projects, under=projects)
        context.navigate(_("Rounds"), "rounds", at=44, when=has_projects, under=projects)
        context.navigate(_("Milestones"), "milestones", at=46, when=has_projects, under=projects)
        context.navigate(_("Instalments"), "instalments", at=47, when=has_projects, under=projects)
        context.navigate(_("City payments"), "payments", at=61, when=reads_ledger, under=money)
        context.navigate(_("Payment lists"), "payment-lists", at=62, when=is_finance, under=money)
        context.navigate(_("Bank accounts"), "bank-accounts", at=63, when=is_finance, under=money)
        context.navigate(_("Appropriations"), "appropriations", at=64, when=sees_appropriations, under=money)
        context.navigate(_("Ledger"), "ledger", at=65, when=reads_ledger, under=money)
        agreeing.carry(lambda agreement: live_project(agreement) is not None)
        words.register(WORDS, NAMES)
        masked.register(ACCOUNT)
        retaining.register(open_cases)
        personal_data.register(LINES, NOT_PERSONAL)
        work.register(open_projects)
        subjects.register(PanelPurpose.PROJECT_REVIEW, subject_of)
        places.register(PanelPurpose.PROJECT_REVIEW, cases_under_review)
        subjects.register_dossier(PanelPurpose.PROJECT_REVIEW, dossier_of)
        notice_items.register(*AWARDS)
        notices.of_programme_by("projects__project__rules__programme")
        credit_work.also(credit_of_projects.steps)
        todo.also(todo_of)
        todo.also(money_todo.todo_of)
