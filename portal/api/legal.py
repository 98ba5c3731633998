"""Operations on the privacy statement and the terms of use."""

from uuid import UUID

from rest_framework import serializers

from portal.actions import legal as legal_actions
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.models import Acceptance, LegalKind, LegalText
from portal.queries import legal
from portal.rights import may_read_settings
from portal.web import find


class LegalTextOut(serializers.ModelSerializer):
    """One version of a text."""

    published = serializers.BooleanField(source="decision.published", default=None, allow_null=True)

    class Meta:
        model = LegalText
        fields = ["id", "kind", "version", "starts_on", "text_zh", "text_en", "sha256", "published"]


class LegalTextIn(serializers.Serializer):
    """The next version of a text in both languages."""

    text_zh = serializers.CharField(max_length=legal_actions.LONGEST)
    text_en = serializers.CharField(max_length=legal_actions.LONGEST)
    starts_on = serializers.DateField()


class AcceptanceOut(serializers.ModelSerializer):
    """What you accepted, and when."""

    kind = serializers.CharField(source="text.kind")
    version = serializers.IntegerField(source="text.version")

    class Meta:
        model = Acceptance
        fields = ["id", "text_id", "kind", "version", "at"]


@reads(LegalTextOut, many=True, public=True)
def list_legal_texts(asked: Asked, kind: str) -> list[LegalText]:
    """The published versions of a text, the newest first."""
    _known(kind)
    return list(legal.published(kind))


@acts(LegalTextIn, gives=LegalTextOut, status=201)
def write_legal_text(asked: Asked, kind: str) -> LegalText:
    """Write the next version; a second person publishes it."""
    _known(kind)
    return legal_actions.write_legal_text(kind, **asked.given, by=asked.by, now=asked.now)


@acts(gives=LegalTextOut)
def publish_legal_text(asked: Asked, pk: UUID) -> LegalText:
    """Publish a version as a second person."""
    return legal_actions.publish_legal_text(_text(asked, pk).pk, by=asked.by, now=asked.now)


@acts(gives=LegalTextOut)
def decline_legal_text(asked: Asked, pk: UUID) -> LegalText:
    """Decline a version as a second person."""
    return legal_actions.decline_legal_text(_text(asked, pk).pk, by=asked.by, now=asked.now)


@reads(AcceptanceOut, many=True)
def list_acceptances(asked: Asked) -> list[Acceptance]:
    """The versions you have accepted."""
    return list(Acceptance.objects.filter(person=asked.by).select_related("text").order_by("-at"))


def _known(kind: str) -> None:
    if kind not in LegalKind.values:
        raise NotFound()


def _text(asked: Asked, pk: UUID) -> LegalText:
    if not may_read_settings(asked.by):
        raise NotFound()
    return find(LegalText.objects, pk=pk)
