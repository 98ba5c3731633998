"""Operations on panels: convening, naming experts, progress, the lock and the result."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from challenges.actions import drawing, ranking
from challenges.models import Panel, PanelPurpose, Sheet
from challenges.permissions.ranking import may_read_sheets
from challenges.queries import boards
from challenges.queries import drawing as panels
from challenges.queries.drawing import PoolExpert, Seat
from challenges.queries.ranking import Line, progress_of, result_of
from challenges.states import AssignmentState
from portal.api.views import Asked, acts, reads
from portal.clock import china_date
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.permissions import reads_cases
from portal.web import find


class PanelOut(serializers.ModelSerializer):
    """A panel: how many experts it takes, by when sheets are due, and when its scores were locked."""

    class Meta:
        model = Panel
        fields = ["id", "purpose", "size", "due_at", "convened_by_id", "convened_at", "named_by_id", "named_at", "locked_at"]


class PanelIn(serializers.Serializer):
    """How many experts, and by when their sheets are due."""

    size = serializers.IntegerField(min_value=1, max_value=drawing.LARGEST_PANEL)
    due_at = serializers.DateTimeField()


class SeatOut(serializers.Serializer):
    """A seat of a panel; its expert is null, with empty names, for whoever may not know who sits there."""

    id = serializers.UUIDField()
    seat = serializers.IntegerField()
    expert_id = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    employer = serializers.CharField()
    expert_class = serializers.CharField()
    state = serializers.ChoiceField(choices=AssignmentState.choices)
    invited_at = serializers.DateTimeField()
    answer_by = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)


class ProgressOut(serializers.Serializer):
    """How many sheets are in; no scores."""

    sheets_in = serializers.IntegerField()
    sheets_due = serializers.IntegerField()
    accepted = serializers.IntegerField()
    invited = serializers.IntegerField()
    complete = serializers.BooleanField()


class PoolQuery(serializers.Serializer):
    """Which experts are looked for."""

    expert_class = serializers.CharField(required=False, allow_blank=True, default="", max_length=20)
    field = serializers.CharField(required=False, allow_blank=True, default="", max_length=30)
    q = serializers.CharField(required=False, allow_blank=True, default="", max_length=80)


class ConflictOut(serializers.Serializer):
    """Why an expert cannot be named."""

    code = serializers.CharField()
    subject = serializers.CharField()
    until = serializers.DateField(allow_null=True)


class PoolOut(serializers.Serializer):
    """An expert of the pool before one panel."""

    id = serializers.UUIDField(source="expert.pk")
    name = serializers.CharField(source="expert.user.name")
    employer = serializers.CharField(source="expert.employer.name")
    expert_class = serializers.CharField(source="expert.expert_class")
    fields_of_technology = serializers.ListField(child=serializers.CharField(), source="expert.fields")
    free = serializers.BooleanField()
    conflicts = ConflictOut(many=True)


class ExpertsIn(serializers.Serializer):
    """The experts to invite."""

    experts = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=drawing.LARGEST_PANEL)


class SheetLine(serializers.ModelSerializer):
    """One sheet's total; ``dropped`` when the official score leaves it out."""

    seat = serializers.IntegerField(source="assignment.seat")
    dropped = serializers.SerializerMethodField()

    class Meta:
        model = Sheet
        fields = ["id", "seat", "total", "digest", "dropped"]

    def get_dropped(self, sheet: Sheet) -> bool:
        """Whether the official score leaves it out."""
        return sheet.pk in sheet.candidate.score.dropped


class ResultOut(serializers.Serializer):
    """A candidate's official score and rank; the sheets for the bureau."""

    label = serializers.CharField(source="candidate.label")
    bid_id = serializers.UUIDField(source="bid.pk")
    lead = serializers.CharField(source="bid.lead.name")
    official = serializers.DecimalField(source="score.official", max_digits=5, decimal_places=2)
    plain_mean = serializers.DecimalField(source="score.plain_mean", max_digits=5, decimal_places=2)
    technical = serializers.DecimalField(source="score.technical", max_digits=8, decimal_places=4)
    rank = serializers.IntegerField(source="score.rank")
    passed = serializers.BooleanField(source="score.passed")
    tied = serializers.BooleanField(source="score.tied")
    sheets = SheetLine(many=True)


@reads(PanelOut, many=True)
def list_panels(asked: Asked) -> QuerySet[Panel]:
    """Panels, those that still score first."""
    if not panels.reads_panels(asked.by):
        raise NotFound()
    return panels.listed(panels.of_boards(asked.by))


@acts(PanelIn, gives=PanelOut, status=201, repeatable=True)
def convene_panel(asked: Asked, pk: UUID) -> Panel:
    """Convene a panel on a board's qualified bids."""
    board = find(boards.visible_to(asked.by).select_related("rules"), pk=pk)
    if not reads_cases(asked.by, board.rules.programme_id):
        raise NotFound()
    return drawing.convene_panel(board.pk, **asked.given, by=asked.by, now=asked.now)


@reads(PanelOut)
def show_panel(asked: Asked, pk: UUID) -> Panel:
    """One panel."""
    return _panel(asked, pk)


@reads(SeatOut, many=True)
def list_seats(asked: Asked, pk: UUID) -> list[Seat]:
    """The seats of a panel; who holds them, for the draw clerk and heads, for officers once the scores are locked."""
    return panels.seats_of(_panel(asked, pk), asked.by)


@reads(ProgressOut)
def show_progress(asked: Asked, pk: UUID) -> object:
    """How many sheets are in."""
    return progress_of(_panel(asked, pk))


@reads(PoolOut, many=True, asks=PoolQuery)
def list_pool(asked: Asked, pk: UUID) -> list[PoolExpert]:
    """The expert pool before a panel, with what speaks against each, for whoever may know its experts."""
    today: date = china_date(asked.now)
    panel = find(panels.experts_known_to(asked.by), pk=pk, purpose=PanelPurpose.BID_REVIEW)
    chosen = {"class": asked.given["expert_class"], "field": asked.given["field"], "q": asked.given["q"]}
    return [each for each in panels.pool_for(panel, on=today) if panels.wanted(each, chosen)]


@acts(ExpertsIn, gives=PanelOut, repeatable=True)
def name_experts(asked: Asked, pk: UUID) -> Panel:
    """The draw clerk invites experts to the free seats."""
    panel = _panel(asked, pk)
    drawing.name_experts(panel.pk, experts=asked.given["experts"], by=asked.by, now=asked.now)
    return _panel(asked, pk)


@acts(gives=PanelOut, repeatable=True)
def lock_panel(asked: Asked, pk: UUID) -> Panel:
    """Lock the scores: official scores and ranks are made, once."""
    return ranking.lock_panel(_panel(asked, pk).pk, by=asked.by, now=asked.now)


@reads(ResultOut, many=True)
def show_panel_result(asked: Asked, pk: UUID) -> list[Line]:
    """The locked result with every sheet, for the bureau."""
    panel = _panel(asked, pk)
    require(may_read_sheets(asked.by, panel))
    return [line for line in result_of(panel, with_sheets=True) if line.score]


def _panel(asked: Asked, pk: UUID) -> Panel:
    return find(panels.of_boards(asked.by), pk=pk)
