"""Operations of the decision: ranks, the poster's choice, and a bidder's own score."""

from uuid import UUID

from rest_framework import serializers

from challenges.actions import selecting
from challenges.models import Bid, Score, Selection
from challenges.permissions.ranking import may_read_own_score, may_read_ranks
from challenges.queries import bidding as bids
from challenges.queries.drawing import panel_of
from challenges.queries.ranking import Line, comments_on, result_of, score_of
from challenges.queries.selecting import boards_of, scored_bids
from challenges.states import BidState
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.web import find


class RankOut(serializers.Serializer):
    """Total and rank of a bid, not who scored what."""

    bid_id = serializers.UUIDField(source="bid.pk")
    label = serializers.CharField(source="candidate.label")
    lead = serializers.CharField(source="bid.lead.name")
    state = serializers.ChoiceField(choices=BidState.choices, source="bid.state")
    official = serializers.DecimalField(source="score.official", max_digits=5, decimal_places=2)
    rank = serializers.IntegerField(source="score.rank")
    passed = serializers.BooleanField(source="score.passed")
    tied = serializers.BooleanField(source="score.tied")


class SelectIn(serializers.Serializer):
    """The reason; needed where the bid is not the first in rank."""

    why = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)


class SelectionOut(serializers.ModelSerializer):
    """The poster's choice."""

    class Meta:
        model = Selection
        fields = ["id", "bid_id", "rank", "reason", "at"]


class OwnScoreOut(serializers.ModelSerializer):
    """One's own score and the experts' comments, without names."""

    pass_mark = serializers.DecimalField(source="candidate.panel.rules.pass_mark", max_digits=5, decimal_places=2)
    comments = serializers.SerializerMethodField()

    class Meta:
        model = Score
        fields = ["official", "rank", "passed", "tied", "pass_mark", "comments"]

    def get_comments(self, score: Score) -> list[str]:
        """The overall comments in an order that tells nothing."""
        return comments_on(score)


@reads(RankOut, many=True)
def show_ranks(asked: Asked, pk: UUID) -> list[Line]:
    """Total and rank of every bid, for the poster and the bureau once the board is evaluated."""
    board = find(boards_of(asked.by), pk=pk)
    require(may_read_ranks(asked.by, board))
    panel = panel_of(board)
    return [line for line in result_of(panel, with_sheets=False) if line.score] if panel else []


@acts(SelectIn, gives=SelectionOut, status=201, repeatable=True)
def select_bid(asked: Asked, pk: UUID) -> Selection:
    """Choose the bid with which the poster signs."""
    bid: Bid = find(scored_bids(asked.by), pk=pk)
    return selecting.select_bid(bid.pk, why=asked.given["why"], by=asked.by, now=asked.now)


@reads(OwnScoreOut)
def show_own_score(asked: Asked, pk: UUID) -> Score:
    """A bidder's own score, once it is decided."""
    bid = find(bids.visible_to(asked.by), pk=pk)
    score = score_of(bid)
    if score is None:
        raise NotFound()
    require(may_read_own_score(asked.by, bid))
    return score
