"""Operations on boards; everybody may read them."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from challenges.models import Challenge, ChallengeFile, Indicator
from challenges.queries import boards
from challenges.states import ChallengeState
from portal.api.views import Asked, reads
from portal.web import find


class IndicatorOut(serializers.ModelSerializer):
    """An indicator: name, comparison, value, unit, test method."""

    comparator = serializers.CharField()

    class Meta:
        model = Indicator
        fields = ["id", "position", "name", "comparator", "value", "unit", "test_method"]


class FileOut(serializers.ModelSerializer):
    """A file of a need or board; its bytes are at ``/files/{id}/``."""

    name = serializers.CharField(source="file.name")
    kind = serializers.CharField(source="file.kind")
    size_bytes = serializers.IntegerField(source="file.size_bytes")
    sha256 = serializers.CharField(source="file.sha256")

    class Meta:
        model = ChallengeFile
        fields = ["id", "name", "kind", "size_bytes", "sha256"]


class BoardLine(serializers.ModelSerializer):
    """A board in the list; amounts in fen, ``board_fen`` null means negotiable."""

    state = serializers.ChoiceField(choices=ChallengeState.choices)
    poster_name = serializers.CharField(source="poster.name")

    class Meta:
        model = Challenge
        fields = ["id", "number", "title", "state", "class_code", "field", "poster_id", "poster_name", "total_fen", "city_fen",
                  "board_fen", "months", "published_at", "opens_at", "closes_at"]  # fmt: skip


class BoardOut(BoardLine):
    """A whole board: what is difficult, indicators, money, terms, window, the public key of its box."""

    indicators = IndicatorOut(many=True)
    files = FileOut(many=True)
    seal_mode = serializers.CharField(source="box.mode")
    recipient = serializers.CharField(source="box.recipient", help_text="The box's public key, as age writes it.")

    class Meta(BoardLine.Meta):
        fields = [*BoardLine.Meta.fields, "background", "content", "scenario", "bidder_conditions", "ip_choice", "ip_terms",
                  "contact", "own_fen", "other_fen", "seal_mode", "recipient", "indicators", "files"]  # fmt: skip


class BoardsAsked(serializers.Serializer):
    """Filters of the list."""

    phase = serializers.ChoiceField(choices=[(code, code) for code in boards.PHASES], required=False)
    class_code = serializers.CharField(required=False, max_length=20)
    field = serializers.CharField(required=False, max_length=30)
    q = serializers.CharField(required=False, allow_blank=True, default="", max_length=80)


@reads(BoardLine, many=True, asks=BoardsAsked, public=True)
def list_boards(asked: Asked) -> QuerySet[Challenge]:
    """Published boards: those open for bids first, by deadline."""
    given = asked.given
    wanted = boards.Wanted(
        phases=frozenset(filter(None, [given.get("phase")])),
        classes=frozenset(filter(None, [given.get("class_code")])),
        fields=frozenset(filter(None, [given.get("field")])),
        words=given["q"],
    )
    return boards.listed(asked.by, wanted, now=asked.now)


@reads(BoardOut, public=True)
def show_board(asked: Asked, pk: UUID) -> Challenge:
    """One board."""
    return find(boards.with_everything(asked.by), pk=pk)
