"""Operations on requests to be forgotten."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from portal.actions import erasing as actions
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.models import Erasure
from portal.queries import erasing
from portal.rights import may_read_erasures
from portal.states import ErasureState
from portal.web import find


class ErasureOut(serializers.ModelSerializer):
    """A request to be forgotten; ``person`` is what their name is now."""

    person = serializers.CharField(source="person.name")
    state = serializers.ChoiceField(choices=ErasureState)
    decided_by = serializers.CharField(source="decided_by.name", default=None, allow_null=True)

    class Meta:
        model = Erasure
        fields = ["id", "person", "state", "asked_at", "decided_by", "decided_at"]


class ObstacleOut(serializers.Serializer):
    """Something that must be finished first, and how."""

    what = serializers.CharField()
    remedy = serializers.CharField()
    url = serializers.CharField(allow_blank=True)


@reads(ErasureOut, many=True)
def list_own_erasures(asked: Asked) -> list[Erasure]:
    """Your own requests to be forgotten, the newest first."""
    return list(erasing.visible_to(asked.by).filter(person=asked.by).order_by("-asked_at"))


@acts(gives=ErasureOut, status=201)
def ask_erasure(asked: Asked) -> Erasure:
    """Ask to be forgotten; the bureau decides."""
    return actions.ask_erasure(by=asked.by, now=asked.now)


@acts(gives=ErasureOut)
def withdraw_erasure(asked: Asked) -> Erasure:
    """Take your own request back."""
    found = erasing.open_request_of(asked.by)
    if found is None:
        raise NotFound()
    return actions.withdraw_erasure(found.pk, by=asked.by, now=asked.now)


@reads(ObstacleOut, many=True)
def list_own_erasure_obstacles(asked: Asked) -> list[erasing.Obstacle]:
    """What you must finish before you can be forgotten."""
    return erasing.obstacles(asked.by, now=asked.now, to=asked.by)


@reads(ErasureOut, many=True)
def list_erasures(asked: Asked) -> QuerySet[Erasure]:
    """Every request to be forgotten."""
    _readable(asked)
    return erasing.visible_to(asked.by)


@reads(ObstacleOut, many=True)
def list_erasure_obstacles(asked: Asked, pk: UUID) -> list[erasing.Obstacle]:
    """What the person must finish first; nothing once the request is decided."""
    found = _found(asked, pk)
    return erasing.obstacles(found.person, now=asked.now, to=asked.by) if found.state == ErasureState.ASKED else []


@acts(gives=ErasureOut)
def carry_out_erasure(asked: Asked, pk: UUID) -> Erasure:
    """Forget the person: name, addresses and ways to sign in go, what they did stays."""
    actions.carry_out_erasure(_found(asked, pk).pk, by=asked.by, now=asked.now)
    return _found(asked, pk)


@acts(WhyIn, gives=ErasureOut)
def decline_erasure(asked: Asked, pk: UUID) -> Erasure:
    """Decline a request with a reason."""
    return actions.decline_erasure(_found(asked, pk).pk, **asked.given, by=asked.by, now=asked.now)


def _readable(asked: Asked) -> None:
    if not may_read_erasures(asked.by):
        raise NotFound()


def _found(asked: Asked, pk: UUID) -> Erasure:
    _readable(asked)
    return find(erasing.visible_to(asked.by), pk=pk)
