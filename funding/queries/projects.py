"""Projects: who may know of one, and what it says."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet, Value

from challenges.models import Agreement, BidOffer
from funding.models import Project
from funding.queries.reach import FINANCE, of_bureau, of_district, of_finance
from funding.states import ProjectState
from portal.models import Role
from portal.permissions import acts_for_an_organisation, holds, reads_cases
from portal.queries.people import powers_of

OVER = [ProjectState.REJECTED, ProjectState.NOT_FUNDED, ProjectState.GIVEN_UP, ProjectState.REVOKED, ProjectState.TERMINATED]
"""States after which the agreement may carry a new application."""


def visible_to(user) -> QuerySet[Project]:
    """Projects this person may know about; start every page and API read here.

    The poster's people see their own from the first draft; the bidder's, the district's and the bureau
    from the submission on; finance once city money is approved.
    """
    projects = Project.objects.select_related("round__rules__funding", "round__appropriation", "poster", "bidder", "challenge", "rules")
    powers = powers_of(user)
    seen = Q(poster__in=powers.views)
    submitted = Q(submitted_at__isnull=False)
    seen |= submitted & Q(bidder__in=powers.views)
    seen |= submitted & (of_district(user) | of_bureau(user))
    seen |= Q(approved_at__isnull=False) & of_finance(user)
    return projects.filter(seen & submitted if user.is_authenticated and user.seen_by else seen)


def contracts_visible_to(user) -> QuerySet[Project]:
    """Projects whose labour contract this person may read: the poster's people, its district and the bureau.

    A contract holds personal data, so bidder and finance see only that it is there.
    """
    powers = powers_of(user)
    seen = Q(poster__in=powers.views) | of_district(user) | of_bureau(user)
    return visible_to(user).exclude(labour_contract=None).filter(seen)


def has_projects(user) -> bool:
    """People who meet projects in their work: of organisations, districts, the bureau and finance."""
    return acts_for_an_organisation(user) or sees_appropriations(user) or holds(user, Role.DISTRICT)


def sees_appropriations(user) -> bool:
    """Finance, and the people of the bureau who read cases."""
    return holds(user, *FINANCE) or reads_cases(user)


def listed(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Projects for a list, the latest first."""
    return projects.order_by("-created_at", "pk")


def lapsed_by(now: datetime) -> QuerySet[Project]:
    """Approved projects whose days for signing the task book are over; at the very deadline they are not."""
    days = ExpressionWrapper(F("rules__funding__taskbook_days") * Value(timedelta(days=1)), output_field=DurationField())
    due = ExpressionWrapper(F("approved_at") + days, output_field=DateTimeField())
    return Project.objects.annotate(due_at=due).filter(state=ProjectState.APPROVED, due_at__lt=now)


def live_project(agreement: Agreement) -> Project | None:
    """The application on an agreement that is not over."""
    return Project.objects.filter(agreement=agreement).exclude(state__in=OVER).first()


def money_of(project: Project) -> dict[str, object]:
    """The money plan and the terms of its class, as the policy reads them."""
    return {
        name: getattr(project, name)
        for name in ("total_fen", "own_fen", "city_fen", "other_fen", "cap_fen", "most_percent", "least_percent")
    }


def offers_of(agreement: Agreement) -> dict[UUID, Decimal]:
    """What the agreed bid offers for each indicator of the board; the board's own value where it says nothing."""
    board = dict(agreement.bid.challenge.indicators.values_list("pk", "value"))
    return board | dict(BidOffer.objects.filter(bid_id=agreement.bid_id).values_list("indicator_id", "value"))


def promises_of(project: Project) -> Mapping[UUID, Decimal]:
    """What the application promises for each indicator of the board."""
    return dict(project.indicators.values_list("indicator_id", "value"))
