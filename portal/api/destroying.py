"""Operations on words in the record that are to be destroyed."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from portal.actions import destroying as actions
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.models import TextDestruction
from portal.queries import destroying
from portal.rights import may_read_words
from portal.states import DestructionState
from portal.web import find


class TextDestructionOut(serializers.ModelSerializer):
    """A proposal to destroy the words of an event, and how it was decided."""

    event_id = serializers.UUIDField()
    kind = serializers.CharField(source="event.kind")
    state = serializers.ChoiceField(choices=DestructionState)
    asked_by = serializers.CharField(source="asked_by.name")
    decided_by = serializers.CharField(source="decided_by.name", default=None, allow_null=True)

    class Meta:
        model = TextDestruction
        fields = ["id", "event_id", "kind", "state", "asked_by", "asked_at", "decided_by", "decided_at"]


@reads(TextDestructionOut, many=True)
def list_text_destructions(asked: Asked) -> QuerySet[TextDestruction]:
    """Proposals to destroy words, what waits first."""
    _readable(asked)
    return destroying.proposals(asked.by)


@acts(WhyIn, gives=TextDestructionOut, status=201)
def ask_text_destruction(asked: Asked, pk: UUID) -> TextDestruction:
    """Ask that the words of an event be destroyed; a second official decides."""
    _readable(asked)
    event = find(destroying.visible_to(asked.by), pk=pk)
    return actions.ask_destruction(event, **asked.given, by=asked.by, now=asked.now)


@acts(gives=TextDestructionOut)
def confirm_text_destruction(asked: Asked, pk: UUID) -> TextDestruction:
    """Destroy the words as the second official."""
    return actions.destroy_words(_found(asked, pk).pk, by=asked.by, now=asked.now)


@acts(gives=TextDestructionOut)
def decline_text_destruction(asked: Asked, pk: UUID) -> TextDestruction:
    """Keep the words."""
    return actions.keep_words(_found(asked, pk).pk, by=asked.by, now=asked.now)


def _readable(asked: Asked) -> None:
    if not may_read_words(asked.by):
        raise NotFound()


def _found(asked: Asked, pk: UUID) -> TextDestruction:
    _readable(asked)
    return find(destroying.proposals(asked.by), pk=pk)
