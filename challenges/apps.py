"""The challenges app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from portal import context, words


class ChallengesConfig(AppConfig):
    """Names the app; adds its sentences and its lines of the navigation."""

    name = "challenges"

    def ready(self) -> None:
        """Register the words of refusals, and where the navigation leads."""
        from challenges.actions.forgetting import leave_pool
        from challenges.permissions.looking import OBJECTOR_PHONE
        from challenges.personal_data import LINES, NOT_PERSONAL
        from challenges.queries.bidding import any_bid_may_be_sealed
        from challenges.queries.drawing import CONFLICT_WORDS
        from challenges.queries.leaving import open_objections, open_seats
        from challenges.queries.one_person import expert_profile_stays, seat_on_own_case
        from challenges.queries.open_cases import open_cases
        from challenges.queries.open_work import open_agreements, open_bids, open_needs
        from challenges.queries.own_sources import SOURCES
        from challenges.words import WORDS
        from portal import batches, masked, personal_data
        from portal.actions import erasing
        from portal.models import Role
        from portal.permissions import (
            acts_for_an_organisation,
            holds,
            is_discipline,
            is_draw_clerk,
            is_expert,
            reads_cases,
        )
        from portal.queries import joining, own_data, retaining, work
        from portal.queries.erasing import register as stands_in_the_way

        words.register(WORDS, CONFLICT_WORDS)
        masked.register(OBJECTOR_PHONE)
        joining.register(expert_profile_stays)
        joining.register(seat_on_own_case)
        stands_in_the_way(open_seats)
        stands_in_the_way(open_objections)
        erasing.also(leave_pool)
        retaining.register(open_cases)
        own_data.register(SOURCES)
        personal_data.register(LINES, NOT_PERSONAL)
        work.register(open_needs)
        work.register(open_bids)
        work.register(open_agreements)
        batches.needed_while(any_bid_may_be_sealed)

        def sees_needs(user) -> bool:
            """Who has needs to work with: organisations, districts and the bureau."""
            return acts_for_an_organisation(user) or holds(user, Role.DISTRICT) or reads_cases(user)

        needs, bids = _("Needs"), _("My bids")
        context.navigate(_("My work"), "home", at=10, when=context.signed_in)
        context.navigate(_("Boards"), "boards", at=20)
        context.navigate(_("Public notices"), "notices", at=30)
        context.navigate(_("Objections"), "objections", at=32, when=is_discipline)
        context.navigate(_("Calls"), "calls", at=35, when=lambda user: not sees_needs(user))
        context.navigate(_("Calls"), "calls", at=41, when=lambda user: sees_needs(user) and not reads_cases(user), under=needs)
        context.navigate(_("Needs"), "needs", at=40, when=sees_needs, under=needs)
        context.navigate(_("My bids"), "bids", at=45, when=acts_for_an_organisation, under=bids)
        context.navigate(_("Agreements"), "agreements", at=48, when=acts_for_an_organisation, under=bids)
        context.navigate(_("Agreements"), "agreements", at=42, when=reads_cases, under=needs)
        context.navigate(_("Panels"), "panels", at=50, when=lambda user: reads_cases(user) or is_draw_clerk(user))
        context.navigate(_("Reviews"), "reviews", at=55, when=is_expert)
        context.navigate(_("Rules"), "programmes", at=60, when=reads_cases)
        context.navigate(_("Organisations"), "organisations", at=70, when=reads_cases)
