"""Operations on the city's settings."""

from uuid import UUID

from rest_framework import serializers

from portal.actions import setting as setting_actions
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.known_settings import KNOWN
from portal.models import Setting
from portal.queries import setting_history as settings
from portal.rights import may_read_settings
from portal.web import find


class SettingOut(serializers.Serializer):
    """A setting, its value in force today, and since when; ``since`` is null for a value as shipped."""

    name = serializers.CharField()
    kind = serializers.CharField()
    about = serializers.CharField()
    value = serializers.JSONField()
    since = serializers.DateField(allow_null=True)
    waiting = serializers.UUIDField(allow_null=True, help_text="A proposal that waits for a second person.")


class ProposedOut(serializers.ModelSerializer):
    """A value that was proposed for a setting, and how it was decided."""

    set_by = serializers.CharField(source="set_by.name")
    confirmed = serializers.BooleanField(source="decision.confirmed", default=None, allow_null=True)
    decided_by = serializers.CharField(source="decision.by.name", default=None, allow_null=True)
    decided_at = serializers.DateTimeField(source="decision.at", default=None, allow_null=True)

    class Meta:
        model = Setting
        fields = ["id", "name", "value", "starts_on", "why", "set_by", "set_at", "confirmed", "decided_by", "decided_at"]


class SettingIn(serializers.Serializer):
    """A value from a day on."""

    value = serializers.JSONField()
    starts_on = serializers.DateField()
    why = serializers.CharField(max_length=300)


@reads(SettingOut, many=True)
def list_settings(asked: Asked) -> list[dict]:
    """Every setting with its value in force today."""
    _readable(asked)
    return [_out(row) for rows in settings.rows(asked.now).values() for row in rows]


@reads(ProposedOut, many=True)
def list_setting_history(asked: Asked, name: str) -> list[Setting]:
    """Every value ever proposed for a setting, the latest first day first."""
    _readable(asked)
    if name not in KNOWN:
        raise NotFound()
    return list(settings.history(name))


@acts(SettingIn, gives=ProposedOut, status=201)
def propose_setting(asked: Asked, name: str) -> Setting:
    """Propose a value; a second person confirms it."""
    _readable(asked)
    return setting_actions.propose_setting(name, **asked.given, by=asked.by, now=asked.now)


@acts(gives=ProposedOut)
def confirm_setting(asked: Asked, pk: UUID) -> Setting:
    """Confirm a proposed value as a second person."""
    _readable(asked)
    return _fresh(setting_actions.confirm_setting(find(Setting.objects, pk=pk).pk, by=asked.by, now=asked.now))


@acts(gives=ProposedOut)
def decline_setting(asked: Asked, pk: UUID) -> Setting:
    """Decline a proposed value as a second person."""
    _readable(asked)
    return _fresh(setting_actions.decline_setting(find(Setting.objects, pk=pk).pk, by=asked.by, now=asked.now))


def _fresh(setting: Setting) -> Setting:
    return Setting.objects.select_related("set_by", "decision__by").get(pk=setting.pk)


def _readable(asked: Asked) -> None:
    if not may_read_settings(asked.by):
        raise NotFound()


def _out(row: settings.Row) -> dict:
    return {
        "name": row.known.name,
        "kind": row.known.kind,
        "about": str(row.known.about),
        "value": row.since.value if row.since else row.known.shipped,
        "since": row.since.starts_on if row.since else None,
        "waiting": row.waiting.pk if row.waiting else None,
    }
