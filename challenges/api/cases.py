"""Operations on the record of a case."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from challenges.queries import cases
from portal.api.views import Asked, reads
from portal.models import Event
from portal.queries.proofs import number_of, proof_of
from portal.web import find


class EventOut(serializers.Serializer):
    """One event of a case; ``number`` is null until it has its place in the record."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    subject_type = serializers.CharField()
    subject_id = serializers.UUIDField()
    by = serializers.SerializerMethodField(help_text="The person's name; null is the portal's clock.")
    acting_for = serializers.SerializerMethodField(help_text="For whom, under a delegation; null for oneself.")
    at = serializers.DateTimeField()
    number = serializers.SerializerMethodField()
    leaf = serializers.SerializerMethodField()

    def get_by(self, event: Event) -> str | None:
        """Who did it."""
        return event.by.name if event.by else None

    def get_acting_for(self, event: Event) -> str | None:
        """For whom."""
        return event.on_behalf_of.name if event.on_behalf_of else None

    def get_number(self, event: Event) -> int | None:
        """The number of its entry in the record, or of its batch's."""
        return number_of(event)

    def get_leaf(self, event: Event) -> str:
        """The SHA-256 leaf in hex."""
        return bytes(event.leaf).hex()


class CheckpointOut(serializers.Serializer):
    """What was signed: size, root and chain of the record at a moment."""

    v = serializers.IntegerField()
    size = serializers.IntegerField()
    root = serializers.CharField()
    chain = serializers.CharField()
    at = serializers.CharField()
    rehearsal = serializers.BooleanField()
    key = serializers.CharField()


class BatchProofOut(serializers.Serializer):
    """That a sealed event stands in its batch: the path leads from its leaf to the root in the facts of the batch's body."""

    body = serializers.CharField()
    index = serializers.IntegerField()
    size = serializers.IntegerField()
    path = serializers.ListField(child=serializers.CharField())


class ProofOut(serializers.Serializer):
    """That an event, or the batch it was sealed in, stands in the record; hashes are hex, signature and key base64."""

    v = serializers.IntegerField()
    body = serializers.CharField()
    leaf = serializers.CharField()
    batch = BatchProofOut(allow_null=True)
    number = serializers.IntegerField()
    chain = serializers.CharField()
    proof = serializers.ListField(child=serializers.CharField())
    checkpoint = CheckpointOut()
    signature = serializers.CharField()
    public_key = serializers.CharField()


@reads(EventOut, many=True)
def list_case_events(asked: Asked, pk: UUID) -> QuerySet[Event]:
    """The events of a case that you may read, the newest first."""
    case = find(cases.visible_to(asked.by), pk=pk)
    return cases.events_of(case, asked.by)


@reads(ProofOut)
def show_proof(asked: Asked, pk: UUID, event: UUID) -> dict:
    """The proof that an event stands in the record."""
    case = find(cases.visible_to(asked.by), pk=pk)
    return proof_of(find(cases.events_of(case, asked.by), pk=event))
