"""Operations on personal data: looking at a masked value, who looked, one's own data, its copies, corrections."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers

from portal.actions import exporting, looking, rectifying
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.masked import KINDS
from portal.models import AccessToPersonalData, DataExport, Purpose
from portal.permissions_personal import may_read_corrections, may_read_looks
from portal.queries import looks, own_data
from portal.queries import rectifying as requests
from portal.queries.people import accounts_of
from portal.web import find, give_file


class LookIn(serializers.Serializer):
    """Which masked value, and what it is looked at for."""

    what = serializers.CharField(max_length=40, help_text="mail, phone, invited, appointed, account, objector-phone")
    id = serializers.UUIDField()
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    words = serializers.CharField(max_length=looking.LONGEST)


class ShownOut(serializers.Serializer):
    """The value in full, and the line of the log that was written for it."""

    value = serializers.CharField()
    access = serializers.UUIDField()


class AccessOut(serializers.ModelSerializer):
    """Somebody looked at a masked value in full."""

    by = serializers.CharField(source="by.name")
    purpose = serializers.ChoiceField(choices=Purpose.choices)

    class Meta:
        model = AccessToPersonalData
        fields = ["id", "by", "person_id", "organisation_id", "field", "purpose", "words", "at"]


class OwnPartOut(serializers.Serializer):
    """One kind of personal data that the portal holds about you."""

    key = serializers.CharField()
    what = serializers.CharField()
    purpose = serializers.CharField()
    basis = serializers.CharField()
    kept = serializers.CharField(allow_blank=True, help_text="How long, in words; empty where ``days`` says it.")
    days = serializers.IntegerField(allow_null=True)
    count = serializers.IntegerField()


class DataExportOut(serializers.ModelSerializer):
    """A copy of your data: being made until ``ready_at`` is set, to be fetched until ``ends_at``."""

    class Meta:
        model = DataExport
        fields = ["id", "asked_at", "ready_at", "ends_at"]


class CorrectionAskedIn(serializers.Serializer):
    """What is wrong and what is right; or the answer to it."""

    words = serializers.CharField(max_length=rectifying.LONGEST)


class CorrectionOut(serializers.Serializer):
    """A request for a correction, and its answer where there is one."""

    id = serializers.UUIDField()
    person = serializers.CharField(source="person.name")
    at = serializers.DateTimeField()
    words = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)


@acts(LookIn, gives=ShownOut)
def look_at_personal_data(asked: Asked) -> dict:
    """Look at one masked value in full; who it belongs to and the auditors see who looked and for what."""
    kind = KINDS.get(asked.given["what"])
    if kind is None:
        raise NotFound()
    row = find(kind.known_to(asked.by), pk=asked.given["id"])
    purpose = {name: asked.given[name] for name in ("purpose", "words")}
    access, value = looking.look_at_personal_data(kind.code, row.pk, **purpose, by=asked.by, now=asked.now)
    return {"value": value, "access": access.pk}


@reads(AccessOut, many=True)
def list_looks_at_personal_data(asked: Asked) -> QuerySet[AccessToPersonalData]:
    """Who looked at whose data, for discipline inspection and auditors; the newest first."""
    require(may_read_looks(asked.by))
    return looks.visible_to(asked.by)


@reads(AccessOut, many=True)
def list_looks_at_own_data(asked: Asked) -> QuerySet[AccessToPersonalData]:
    """Who looked at your data and at the accounts of organisations you administer."""
    return looks.at_mine(asked.by)


@reads(OwnPartOut, many=True)
def list_own_data(asked: Asked) -> list[own_data.Part]:
    """What the portal holds about you, by the register; the values are in a copy."""
    return own_data.parts_of(asked.by)


@reads(DataExportOut, many=True)
def list_data_exports(asked: Asked) -> QuerySet[DataExport]:
    """The copies of your data that you asked for."""
    return own_data.exports_of(asked.by)


@acts(gives=DataExportOut, status=201)
def ask_data_export(asked: Asked) -> DataExport:
    """Ask for a copy of your data; it is ready some moments later."""
    return exporting.ask_export(by=asked.by, now=asked.now)


@reads(bytes)
def take_data_export(asked: Asked, pk: UUID) -> HttpResponse:
    """Fetch a copy of your data: an archive of data.json and data.html; it is written down."""
    export = find(own_data.exports_of(asked.by), pk=pk)
    return give_file(exporting.take_export(export.pk, by=asked.by, now=asked.now))


@reads(CorrectionOut, many=True)
def list_own_corrections(asked: Asked) -> list[requests.Request]:
    """The corrections you asked for."""
    return requests.with_answers(requests.asked(accounts_of(asked.by.pk)))


@acts(CorrectionAskedIn, gives=CorrectionOut, status=201)
def ask_correction(asked: Asked) -> requests.Request:
    """Ask the bureau to correct something about you that you cannot correct yourself."""
    return requests.with_answers([rectifying.ask_correction(**asked.given, by=asked.by, now=asked.now)])[0]


@reads(CorrectionOut, many=True)
def list_corrections(asked: Asked) -> list[requests.Request]:
    """The last hundred requests for corrections, for the bureau."""
    require(may_read_corrections(asked.by))
    return requests.with_answers(requests.asked()[:100])


@acts(CorrectionAskedIn)
def answer_correction(asked: Asked, pk: UUID) -> None:
    """Answer a request for a correction."""
    require(may_read_corrections(asked.by))
    event = find(requests.asked(), pk=pk)
    rectifying.answer_correction(event.pk, **asked.given, by=asked.by, now=asked.now)
