"""Operations on retention times."""

from rest_framework import serializers

from portal.actions.retaining import RULES
from portal.api.views import Asked, reads
from portal.kernel.errors import NotFound
from portal.queries import retaining
from portal.queries.settings import setting
from portal.rights import may_read_settings


class RetentionOut(serializers.Serializer):
    """One retention time and its last run; ``days`` is null where each row says itself when its time is over."""

    name = serializers.CharField()
    what = serializers.CharField()
    does = serializers.CharField()
    days = serializers.IntegerField(allow_null=True)
    last_run_at = serializers.DateTimeField(allow_null=True)
    last_count = serializers.IntegerField(allow_null=True)


@reads(RetentionOut, many=True)
def show_retention(asked: Asked) -> list[dict]:
    """What is kept how long, and when that was applied last."""
    if not may_read_settings(asked.by):
        raise NotFound()
    last = retaining.last_runs()
    return [_out(rule, last.get(rule.name)) for rule in RULES]


def _out(rule, run) -> dict:
    return {
        "name": rule.name,
        "what": str(rule.what),
        "does": str(rule.does),
        "days": setting(rule.kept) if rule.kept else None,
        "last_run_at": run.at if run else None,
        "last_count": run.count if run else None,
    }
