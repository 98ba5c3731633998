"""Operations on public notices; everybody may read them."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from challenges.models import NoticeKind, PublicNotice
from challenges.queries import notices
from portal.api.views import Asked, reads
from portal.web import find


class NoticeOut(serializers.ModelSerializer):
    """A public notice: both days are counted; ``ended_at`` is null while it runs."""

    kind = serializers.ChoiceField(choices=NoticeKind.choices)
    title = serializers.CharField(source="challenge.title")
    poster_name = serializers.CharField(source="challenge.poster.name")

    class Meta:
        model = PublicNotice
        fields = ["id", "kind", "challenge_id", "title", "poster_name", "starts_on", "ends_on", "ends_at", "working_days",
                  "published_at", "ended_at"]  # fmt: skip


@reads(NoticeOut, many=True, public=True)
def list_notices(asked: Asked) -> QuerySet[PublicNotice]:
    """Public notices, the running ones on top."""
    return notices.listed(asked.by, now=asked.now)


@reads(NoticeOut, public=True)
def show_notice(asked: Asked, pk: UUID) -> PublicNotice:
    """One public notice."""
    return find(notices.with_everything(asked.by, now=asked.now), pk=pk)
