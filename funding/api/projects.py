"""Operations on applications and projects."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from challenges.queries.agreeing import visible_to as agreements_visible_to
from funding.actions import applying, deciding, vetting_projects
from funding.models import Project
from funding.queries import projects
from funding.states import ProjectState
from portal.api.files import FileIn
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.money import MOST_FEN
from portal.web import find


class CostShape(serializers.Serializer):
    """A use of the money, in fen."""

    purpose = serializers.CharField(max_length=120)
    amount_fen = serializers.IntegerField(min_value=1, max_value=MOST_FEN)


class PromiseShape(serializers.Serializer):
    """What is promised for an indicator of the board."""

    indicator_id = serializers.UUIDField()
    value = serializers.DecimalField(max_digits=18, decimal_places=6)


class ProjectOut(serializers.ModelSerializer):
    """A project with its money plan and indicators; amounts in fen."""

    state = serializers.ChoiceField(choices=ProjectState.choices)
    costs = CostShape(many=True)
    indicators = PromiseShape(many=True)

    class Meta:
        model = Project
        fields = [
            "id", "round_id", "agreement_id", "challenge_id", "poster_id", "bidder_id", "class_code", "state", "number",
            "title", "lead_person", "months", "total_fen", "own_fen", "city_fen", "other_fen", "proposed_fen", "award_fen",
            "costs", "indicators", "version", "submitted_at", "approved_at", "starts_on", "ends_on",
        ]  # fmt: skip


class ProjectStartIn(serializers.Serializer):
    """On which agreement, in which round."""

    agreement_id = serializers.UUIDField()
    round_id = serializers.UUIDField()


class ProjectFieldsIn(serializers.Serializer):
    """Fields of an application; what is not named stays."""

    title = serializers.CharField(max_length=160, required=False)
    lead_person = serializers.CharField(max_length=80, required=False, allow_blank=True)
    months = serializers.IntegerField(min_value=0, max_value=1200, required=False)
    total_fen = serializers.IntegerField(min_value=0, max_value=MOST_FEN, required=False)
    own_fen = serializers.IntegerField(min_value=0, max_value=MOST_FEN, required=False)
    city_fen = serializers.IntegerField(min_value=0, max_value=MOST_FEN, required=False)
    other_fen = serializers.IntegerField(min_value=0, max_value=MOST_FEN, required=False)


class ProjectSaveIn(ProjectFieldsIn):
    """What is to be kept of an application, and the version it started from."""

    version = serializers.IntegerField(min_value=1)
    costs = CostShape(many=True, required=False)
    indicators = PromiseShape(many=True, required=False)


class ContractIn(serializers.Serializer):
    """The labour contract of the project lead."""

    file = FileIn()


class FoundIn(serializers.Serializer):
    """What the vetter found; may be empty for the district."""

    why = serializers.CharField(max_length=4000, allow_blank=True, default="")


@reads(ProjectOut, many=True)
def list_projects(asked: Asked) -> QuerySet[Project]:
    """The projects you may know about, the latest first."""
    return projects.listed(projects.visible_to(asked.by)).prefetch_related("costs", "indicators")


@reads(ProjectOut)
def show_project(asked: Asked, pk: UUID) -> Project:
    """One project."""
    return find(projects.visible_to(asked.by), pk=pk)


@acts(ProjectStartIn, gives=ProjectOut, status=201)
def start_application(asked: Asked) -> Project:
    """Begin an application on a signed agreement."""
    agreement = find(agreements_visible_to(asked.by), pk=asked.given["agreement_id"])
    return applying.start_application(agreement.pk, asked.given["round_id"], by=asked.by, now=asked.now)


@acts(ProjectSaveIn, gives=ProjectOut)
def save_application(asked: Asked, pk: UUID) -> Project:
    """Keep what was written of an application."""
    project, given = find(projects.visible_to(asked.by), pk=pk), dict(asked.given)
    version, costs, indicators = given.pop("version"), given.pop("costs", None), given.pop("indicators", None)
    return applying.save_application(
        project.pk,
        fields=given,
        costs=costs,
        indicators=None if indicators is None else {row["indicator_id"]: row["value"] for row in indicators},
        version=version,
        by=asked.by,
        now=asked.now,
    )


@acts(ContractIn, gives=ProjectOut)
def attach_labour_contract(asked: Asked, pk: UUID) -> Project:
    """Add the labour contract of the project lead."""
    project, file = find(projects.visible_to(asked.by), pk=pk), asked.given["file"]
    applying.attach_labour_contract(project.pk, **file, by=asked.by, now=asked.now)
    return find(projects.visible_to(asked.by), pk=pk)


@acts(gives=ProjectOut)
def submit_application(asked: Asked, pk: UUID) -> Project:
    """Hand an application in to the district."""
    project = find(projects.visible_to(asked.by), pk=pk)
    return applying.submit_application(project.pk, by=asked.by, now=asked.now)


@acts(FoundIn, gives=ProjectOut)
def recommend_application(asked: Asked, pk: UUID) -> Project:
    """The district recommends an application."""
    project = find(projects.visible_to(asked.by), pk=pk)
    return vetting_projects.recommend_application(project.pk, **asked.given, by=asked.by, now=asked.now)


@acts(WhyIn, gives=ProjectOut)
def check_application(asked: Asked, pk: UUID) -> Project:
    """The formal check is passed, with what was found on credit and duplicates."""
    project = find(projects.visible_to(asked.by), pk=pk)
    return vetting_projects.check_application(project.pk, **asked.given, by=asked.by, now=asked.now)


@acts(WhyIn, gives=ProjectOut)
def return_application(asked: Asked, pk: UUID) -> Project:
    """Give an application back to its poster, with the reason."""
    project = find(projects.visible_to(asked.by), pk=pk)
    return vetting_projects.return_application(project.pk, **asked.given, by=asked.by, now=asked.now)


@acts(WhyIn, gives=ProjectOut)
def reject_application(asked: Asked, pk: UUID) -> Project:
    """End an application, with the reason."""
    project = find(projects.visible_to(asked.by), pk=pk)
    return vetting_projects.reject_application(project.pk, **asked.given, by=asked.by, now=asked.now)


@acts(WhyIn, gives=ProjectOut)
def end_award(asked: Asked, pk: UUID) -> Project:
    """Take a project out of the decision, with the reason."""
    project = find(projects.visible_to(asked.by), pk=pk)
    return deciding.end_award(project.pk, **asked.given, by=asked.by, now=asked.now)
