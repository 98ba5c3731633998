"""Instalments and bank receipts: who may know of them, and which may be claimed."""

from datetime import datetime

from django.db.models import Case, Q, QuerySet, When

from funding.models import Instalment, Payment, Receipt, Trigger
from funding.queries.reach import of_district, of_officials
from funding.states import InstalmentState, MilestoneState, PaymentState, ProjectState
from portal.queries.people import powers_of

ORDER = (InstalmentState.CLAIMED, InstalmentState.VERIFIED, InstalmentState.RETURNED, InstalmentState.HELD)


def visible_to(user) -> QuerySet[Instalment]:
    """Instalments this person may know about: both sides, their district, the bureau and finance."""
    instalments = Instalment.objects.select_related(
        "project__poster", "project__bidder", "project__challenge", "project__agreement", "milestone"
    )
    powers = powers_of(user)
    own = Q(project__poster__in=powers.views) | Q(project__bidder__in=powers.views)
    return instalments.filter(own | of_district(user, "project__") | of_officials(user, "project__"))


def listed(instalments: QuerySet[Instalment]) -> QuerySet[Instalment]:
    """Instalments for a list: claims that wait first, then what is planned, then what is paid."""
    waits = Case(
        *(When(state=state, then=place) for place, state in enumerate(ORDER)),
        When(state=InstalmentState.PLANNED, then=5),
        default=9,
    )
    return instalments.annotate(waits=waits).order_by("waits", "project__number", "position", "pk")


def receipts_visible_to(user) -> QuerySet[Receipt]:
    """Bank receipts: the poster's own, the bureau and finance; a bidder sees those that name it as payee side."""
    receipts = Receipt.objects.select_related("file", "project__poster", "project__bidder", "by")
    return receipts.filter(Q(project__poster__in=powers_of(user).views) | of_officials(user, "project__"))


def claimable_since(moment: datetime) -> QuerySet[Instalment]:
    """Planned instalments whose trigger came before a moment, of projects that are under way."""
    planned = Instalment.objects.filter(state=InstalmentState.PLANNED, project__state=ProjectState.UNDER_WAY)
    first = Q(trigger=Trigger.FIRST_PAYMENT, project__taskbooks__state="signed", project__taskbooks__signed_at__lte=moment)
    reached = Q(
        trigger=Trigger.MILESTONE,
        milestone__state=MilestoneState.ACCEPTED,
        milestone__reports__decision__accepted=True,
        milestone__reports__decision__at__lte=moment,
    )
    return planned.filter(first | reached).distinct()


def unanswered() -> QuerySet[Payment]:
    """Payments that were sent and are neither confirmed nor failed."""
    return Payment.objects.filter(state=PaymentState.SENT)
