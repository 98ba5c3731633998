"""Panels on the applications of a round."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from challenges.models import Candidate, Panel, PanelPurpose, Score
from challenges.queries.subjects import Dossier, Subject
from funding.models import Project, Round
from funding.queries.projects import offers_of, promises_of
from funding.states import ProjectState
from portal.kernel.errors import NotFound
from portal.models import Role
from portal.permissions import reads_cases
from portal.queries.people import READERS, in_programmes
from portal.show import in_english


def visible_to(user) -> QuerySet[Panel]:
    """Panels on applications that this person may know about."""
    panels = Panel.objects.filter(purpose=PanelPurpose.PROJECT_REVIEW).select_related("rules__funding", "rubric", "convened_by", "named_by")
    return panels.filter(in_programmes(user, *READERS, Role.DRAW_CLERK, path="rules__programme"))


def of_round(opened: Round) -> QuerySet[Panel]:
    """The panels of a round, the latest first."""
    panels = Panel.objects.filter(candidates__of_project__project__round=opened).select_related("rules", "rubric")
    return panels.distinct().order_by("-convened_at")


def round_of(panel: Panel) -> Round:
    """The round whose applications a panel reviews."""
    found = Round.objects.filter(projects__candidacies__candidate__panel=panel).first()
    if found is None:
        raise NotFound()
    return found


def subject_of(panel: Panel) -> Subject:
    """The round, as the subject of a panel."""
    opened = round_of(panel)
    return Subject("", opened.title_en if in_english() else opened.title, page="project-panel")


def dossier_of(candidate: Candidate) -> Dossier:
    """The application as an expert reads it: money, uses, indicators beside the board, milestones of the bid."""
    project = candidate.of_project.project
    offers, promises = offers_of(project.agreement), promises_of(project)
    facts = {
        "project": project,
        "costs": list(project.costs.all()),
        "indicators": [
            (each, offers.get(each.pk), promises.get(each.pk)) for each in project.challenge.indicators.order_by("position")
        ],
        "challenge": project.challenge,
        "milestones": list(project.agreement.bid.milestones.order_by("position")),
    }
    return Dossier("funding/parts/dossier.html", facts)


def checked_in(opened: Round) -> QuerySet[Project]:
    """The applications of a round that wait for a panel."""
    return Project.objects.filter(round=opened, state=ProjectState.CHECKED)


def under_review(projects: Iterable[Project]) -> bool:
    """Whether one of these projects is a candidate of a panel that still scores."""
    return Candidate.objects.filter(of_project__project__in=list(projects), panel__locked_at__isnull=True).exists()


def ids_of(panel_id: UUID) -> list[UUID]:
    """The ids of the projects a panel reviews; NotFound where it reviews none."""
    found = list(Project.objects.filter(candidacies__candidate__panel_id=panel_id).values_list("pk", flat=True))
    if not found:
        raise NotFound()
    return found


def scores_of(projects: Iterable[Project]) -> dict[UUID, Score]:
    """The latest official score of each project."""
    scores = Score.objects.filter(candidate__of_project__project__in=list(projects)).select_related(
        "candidate__of_project", "candidate__panel"
    )
    return {score.candidate.of_project.project_id: score for score in scores.order_by("candidate__panel__convened_at")}


def lines_of(panel: Panel, user) -> list[tuple[Candidate, Project, Score | None]]:
    """The candidates of a panel with project, and for who reads cases the score: by rank once it is locked, else by letter."""
    reads = reads_cases(user, panel.rules.programme_id)
    candidates = panel.candidates.select_related("of_project__project__poster", "of_project__project__bidder", "score")
    lines = [(each, each.of_project.project, getattr(each, "score", None) if reads else None) for each in candidates]
    return sorted(lines, key=lambda line: (line[2].rank if line[2] else 0, line[0].label))
