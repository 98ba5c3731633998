"""Operations on appropriations and rounds: opening, the panel, proposing awards, public notice."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from challenges.models import Panel, PublicNotice
from funding.actions import deciding, opening_rounds, reviewing_projects
from funding.api.projects import ProjectOut
from funding.models import Appropriation, Project, Round
from funding.queries import project_panels, rounds
from portal.api.views import Asked, acts, reads
from portal.kernel.money import MOST_FEN
from portal.web import find


class AppropriationOut(serializers.ModelSerializer):
    """City money that was made available, in fen."""

    class Meta:
        model = Appropriation
        fields = ["id", "budget_year", "document_number", "function_code", "economic_code", "amount_fen", "recorded_at"]


class AppropriationIn(serializers.Serializer):
    """An appropriation as its document says, in fen."""

    budget_year = serializers.IntegerField(min_value=2000, max_value=2100)
    document_number = serializers.CharField(max_length=80)
    function_code = serializers.CharField(max_length=20)
    economic_code = serializers.CharField(max_length=20)
    amount_fen = serializers.IntegerField(min_value=1, max_value=MOST_FEN)


class RoundOut(serializers.ModelSerializer):
    """A round of applications."""

    class Meta:
        model = Round
        fields = ["id", "rules_id", "appropriation_id", "title", "title_en", "opens_at", "closes_at"]


class RoundIn(serializers.Serializer):
    """A round to be opened."""

    rules_id = serializers.UUIDField()
    appropriation_id = serializers.UUIDField()
    title = serializers.CharField(max_length=160)
    title_en = serializers.CharField(max_length=160)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()


class ProjectPanelIn(serializers.Serializer):
    """How many experts, and by when the sheets are due."""

    size = serializers.IntegerField(min_value=3, max_value=99)
    due_at = serializers.DateTimeField()


class ProjectPanelOut(serializers.ModelSerializer):
    """A panel on applications."""

    class Meta:
        model = Panel
        fields = ["id", "size", "due_at", "convened_at", "locked_at"]


class AmountIn(serializers.Serializer):
    """An amount for a project, in fen."""

    project_id = serializers.UUIDField()
    amount_fen = serializers.IntegerField(min_value=1, max_value=MOST_FEN)


class AwardsIn(serializers.Serializer):
    """The awards to be proposed; reviewed projects that are not named are not funded."""

    awards = AmountIn(many=True)


class AwardNoticeIn(serializers.Serializer):
    """Which proposed awards go before the public, and from which day."""

    project_ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=200)
    starts_on = serializers.DateField()


class AwardNoticeOut(serializers.ModelSerializer):
    """A public notice of awards."""

    class Meta:
        model = PublicNotice
        fields = ["id", "kind", "starts_on", "ends_on", "ends_at", "working_days", "ended_at"]


@reads(AppropriationOut, many=True)
def list_appropriations(asked: Asked) -> QuerySet[Appropriation]:
    """Appropriations, for finance and the bureau."""
    return rounds.appropriations_visible_to(asked.by)


@acts(AppropriationIn, gives=AppropriationOut, status=201, repeatable=True)
def record_appropriation(asked: Asked) -> Appropriation:
    """Enter city money that was made available; the ledger holds it from here on."""
    return opening_rounds.record_appropriation(**asked.given, by=asked.by, now=asked.now)


@reads(RoundOut, many=True)
def list_rounds(asked: Asked) -> QuerySet[Round]:
    """Rounds of applications, the latest first."""
    return rounds.visible_to(asked.by).order_by("-opens_at", "pk")


@reads(RoundOut)
def show_round(asked: Asked, pk: UUID) -> Round:
    """One round."""
    return find(rounds.visible_to(asked.by), pk=pk)


@acts(RoundIn, gives=RoundOut, status=201)
def open_round(asked: Asked) -> Round:
    """Open a round that draws on one appropriation."""
    given = dict(asked.given)
    return opening_rounds.open_round(
        given.pop("rules_id"), given.pop("appropriation_id"), **given, by=asked.by, now=asked.now
    )


@acts(ProjectPanelIn, gives=ProjectPanelOut, status=201)
def convene_project_panel(asked: Asked, pk: UUID) -> Panel:
    """Convene a panel on the checked applications of a round."""
    opened = find(rounds.visible_to(asked.by), pk=pk)
    return reviewing_projects.convene_project_panel(opened.pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=ProjectPanelOut)
def lock_project_panel(asked: Asked, pk: UUID) -> Panel:
    """End the scoring of applications and make official scores and ranks."""
    panel = find(project_panels.visible_to(asked.by), pk=pk)
    return reviewing_projects.lock_project_panel(panel.pk, by=asked.by, now=asked.now)


@acts(AwardsIn, gives=ProjectOut, many=True)
def propose_awards(asked: Asked, pk: UUID) -> list[Project]:
    """Propose awards within cap, share, request and the money left."""
    opened = find(rounds.visible_to(asked.by), pk=pk)
    awards = {row["project_id"]: row["amount_fen"] for row in asked.given["awards"]}
    return deciding.propose_awards(opened.pk, awards=awards, by=asked.by, now=asked.now)


@acts(AwardNoticeIn, gives=AwardNoticeOut, status=201)
def give_award_notice(asked: Asked, pk: UUID) -> PublicNotice:
    """Put proposed awards before the public."""
    opened = find(rounds.visible_to(asked.by), pk=pk)
    given = asked.given
    return deciding.give_award_notice(
        opened.pk, given["project_ids"], starts_on=given["starts_on"], by=asked.by, now=asked.now
    )
