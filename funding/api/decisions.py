"""Operations on decisions made outside the portal."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from funding.actions import approving
from funding.models import Decision, DecisionKind
from funding.queries import decisions, rounds
from portal.api.files import FileIn
from portal.api.views import Asked, acts, reads
from portal.kernel.money import MOST_FEN
from portal.web import find


class DecisionItemShape(serializers.Serializer):
    """A project of a decision with the amount decided, in fen."""

    project_id = serializers.UUIDField()
    amount_fen = serializers.IntegerField(min_value=1, max_value=MOST_FEN)


class RoundDecisionOut(serializers.ModelSerializer):
    """A decision with its projects, who recorded and who confirmed it."""

    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    items = DecisionItemShape(many=True)

    class Meta:
        model = Decision
        fields = [
            "id", "round_id", "kind", "document_number", "decided_on", "items", "recorded_by_id", "recorded_at",
            "confirmed_by_id", "confirmed_at",
        ]  # fmt: skip


class RoundDecisionIn(serializers.Serializer):
    """A decision as its paper says."""

    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    document_number = serializers.CharField(max_length=80)
    decided_on = serializers.DateField()
    items = DecisionItemShape(many=True)
    scan = FileIn(required=False, allow_null=True)


@reads(RoundDecisionOut, many=True)
def list_decisions(asked: Asked) -> QuerySet[Decision]:
    """Decisions, the latest first."""
    return decisions.visible_to(asked.by).prefetch_related("items").order_by("-recorded_at", "pk")


@reads(RoundDecisionOut)
def show_decision(asked: Asked, pk: UUID) -> Decision:
    """One decision."""
    return find(decisions.visible_to(asked.by), pk=pk)


@acts(RoundDecisionIn, gives=RoundDecisionOut, status=201)
def record_decision(asked: Asked, pk: UUID) -> Decision:
    """Record a decision on projects of a round; it takes effect once a second person confirms it."""
    opened, given = find(rounds.visible_to(asked.by), pk=pk), dict(asked.given)
    items, scan = given.pop("items"), given.pop("scan", None)
    return approving.record_decision(
        opened.pk,
        **given,
        items={row["project_id"]: row["amount_fen"] for row in items},
        scan=(scan["name"], scan["content"]) if scan else None,
        by=asked.by,
        now=asked.now,
    )


@acts(gives=RoundDecisionOut, repeatable=True)
def confirm_decision(asked: Asked, pk: UUID) -> Decision:
    """Confirm a decision; the government's approval commits the money in the ledger."""
    decision = find(decisions.visible_to(asked.by), pk=pk)
    return approving.confirm_decision(decision.pk, by=asked.by, now=asked.now)
