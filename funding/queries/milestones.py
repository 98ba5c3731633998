"""Milestones: who may know of them, what was reported, and which are due."""

from datetime import date

from django.db.models import Case, Prefetch, Q, QuerySet, When

from funding.models import Milestone, MilestoneEvidence, MilestoneReport
from funding.policy.meeting import meets_target
from funding.queries.reach import of_district, of_officials
from funding.states import MilestoneState, ProjectState
from portal.queries.people import powers_of

OPEN = (MilestoneState.PLANNED, MilestoneState.RETURNED)


def visible_to(user) -> QuerySet[Milestone]:
    """Milestones this person may know about: both sides, their district, the bureau and finance."""
    milestones = Milestone.objects.select_related(
        "project__poster", "project__bidder", "project__challenge", "indicator"
    )
    powers = powers_of(user)
    own = Q(project__poster__in=powers.views) | Q(project__bidder__in=powers.views)
    return milestones.filter(own | of_district(user, "project__") | of_officials(user, "project__"))


def listed(milestones: QuerySet[Milestone]) -> QuerySet[Milestone]:
    """Milestones for a list: what waits for the bureau first, then by day."""
    waits = Case(
        When(state=MilestoneState.REPORTED, then=0), When(state__in=OPEN, then=1), default=2
    )
    return milestones.annotate(waits=waits).order_by("waits", "due_on", "pk")


def reports_of(milestone: Milestone) -> QuerySet[MilestoneReport]:
    """What was reported for a milestone, the latest first, with evidence and decision."""
    reports = milestone.reports.select_related("by", "decision__by").order_by("-at", "-pk")
    return reports.prefetch_related(Prefetch("evidence", MilestoneEvidence.objects.select_related("file")))


def evidence_visible_to(user) -> QuerySet[MilestoneEvidence]:
    """Files of evidence this person may read."""
    return MilestoneEvidence.objects.filter(report__milestone__in=visible_to(user)).select_related("file")


def reaches(milestone: Milestone, report: MilestoneReport) -> bool:
    """Whether what was measured reaches the target; true where there is none."""
    if milestone.indicator is None or report.measured is None:
        return milestone.indicator is None
    return meets_target(report.measured, milestone.indicator.comparator, milestone.target)


def due_by(day: date) -> QuerySet[Milestone]:
    """Milestones of running projects that are not reported and due until a day."""
    return Milestone.objects.filter(state__in=OPEN, due_on__lte=day, project__state=ProjectState.UNDER_WAY)
