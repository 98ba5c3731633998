"""What of boards and panels is still open with a person who asks to be forgotten."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from challenges.models import Assignment, Objection
from challenges.states import AssignmentState, ObjectionState
from portal.queries.erasing import Obstacle


def open_seats(accounts: set[UUID]) -> Iterator[Obstacle]:
    """Seats on panels whose scoring has not ended."""
    seats = Assignment.objects.filter(
        expert__user__in=accounts,
        state__in=[AssignmentState.INVITED, AssignmentState.ACCEPTED],
        panel__locked_at__isnull=True,
    )
    for _seat in seats.order_by("pk"):
        yield Obstacle(_("A seat on a panel"), _("Hand the sheets in and wait for the panel to end, or give the seat back."))


def open_objections(accounts: set[UUID]) -> Iterator[Obstacle]:
    """Objections that wait for an answer."""
    rows = Objection.objects.filter(filed_by__in=accounts, state__in=[ObjectionState.FILED, ObjectionState.ADMITTED])
    for objection in rows.order_by("filed_at", "pk"):
        yield Obstacle(_("An objection without an answer"), _("Wait for its answer."), reverse("objection", args=[objection.pk]))
