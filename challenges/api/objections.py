"""Operations on objections to public notices."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from challenges.actions import objecting
from challenges.models import Objection
from challenges.queries import notices, objections
from challenges.states import ObjectionState
from portal.api.views import Asked, acts, reads
from portal.web import find


class ObjectionOut(serializers.ModelSerializer):
    """An objection without its words; those are read on its page by discipline inspection."""

    state = serializers.ChoiceField(choices=ObjectionState.choices)

    class Meta:
        model = Objection
        fields = ["id", "notice_id", "item", "state", "filed_at", "answer_due_on", "decided_at", "reply"]


class ObjectionIn(serializers.Serializer):
    """An objection to one item, with a real name."""

    item = serializers.UUIDField()
    name = serializers.CharField(max_length=60)
    phone = serializers.CharField(max_length=40)
    reason = serializers.CharField(max_length=10_000)


class ReplyIn(serializers.Serializer):
    """The reply to the objector."""

    reply = serializers.CharField(max_length=10_000)


class VerdictIn(ReplyIn):
    """Whether the objection is upheld, and the reply."""

    upheld = serializers.BooleanField()


@reads(ObjectionOut, many=True)
def list_objections(asked: Asked) -> QuerySet[Objection]:
    """Your own objections; for discipline inspection all of them."""
    return objections.listed(objections.visible_to(asked.by))


@reads(ObjectionOut)
def show_objection(asked: Asked, pk: UUID) -> Objection:
    """One objection."""
    return find(objections.visible_to(asked.by), pk=pk)


@acts(ObjectionIn, gives=ObjectionOut, status=201)
def file_objection(asked: Asked, pk: UUID) -> Objection:
    """Object to an item of a running public notice; the item is held."""
    notice = find(notices.visible_to(asked.by, now=asked.now), pk=pk)
    return objecting.file_objection(notice.pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=ObjectionOut)
def admit_objection(asked: Asked, pk: UUID) -> Objection:
    """Take an objection up for investigation."""
    objection = find(objections.visible_to(asked.by), pk=pk)
    return objecting.admit_objection(objection.pk, by=asked.by, now=asked.now)


@acts(ReplyIn, gives=ObjectionOut)
def refuse_objection(asked: Asked, pk: UUID) -> Objection:
    """Not take an objection up, with the reply."""
    objection = find(objections.visible_to(asked.by), pk=pk)
    return objecting.refuse_objection(objection.pk, **asked.given, by=asked.by, now=asked.now)


@acts(VerdictIn, gives=ObjectionOut)
def decide_objection(asked: Asked, pk: UUID) -> Objection:
    """Decide on an admitted objection, with the reply."""
    objection = find(objections.visible_to(asked.by), pk=pk)
    return objecting.decide_objection(objection.pk, **asked.given, by=asked.by, now=asked.now)
