"""Shapes of entries, facts, corrections, changes, names and merges of organisations in the API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from portal.actions.changing_entries import CHANGEABLE
from portal.api.files import FileIn
from portal.api.shapes import OrganisationIn
from portal.models import (
    AliasKind,
    FactSource,
    JoinRequest,
    Organisation,
    OrganisationAlias,
    OrganisationChange,
    OrganisationMerge,
    OrganisationRemark,
)
from portal.profile_items import ITEMS, VERIFIED
from portal.states import OrganisationChangeState, OrganisationMergeState, OrganisationState

LONGEST = 500
VOUCHERS = [(source.value, source.label) for source in FactSource if source != FactSource.ORGANISATION]


class CorrectionIn(OrganisationIn):
    """A corrected entry; ``answers`` says by item why a marked one is right as it is."""

    answers = serializers.DictField(child=serializers.CharField(max_length=LONGEST, allow_blank=True), default=dict)


class ReturnIn(serializers.Serializer):
    """What is to be corrected: a remark on each item that is wrong, or words on the whole."""

    why = serializers.CharField(max_length=2000, allow_blank=True, default="")
    items = serializers.DictField(child=serializers.CharField(max_length=LONGEST), default=dict)


class FactOut(serializers.Serializer):
    """A value of the profile: what, of which year, who vouches for it and since when."""

    item = serializers.CharField(source="item.code")
    word = serializers.CharField(source="item.word")
    year = serializers.IntegerField(allow_null=True)
    value = serializers.JSONField(allow_null=True, help_text=_("Money in fen, days as ISO text."))
    shown = serializers.CharField()
    source = serializers.CharField(allow_blank=True)
    source_note = serializers.CharField(source="note", allow_blank=True)
    as_of = serializers.DateField(allow_null=True)


class FactsIn(serializers.Serializer):
    """Values by item, of one year where the items are yearly; with the document on which they rest."""

    values = serializers.DictField(child=serializers.JSONField(allow_null=True))
    year = serializers.IntegerField(required=False, allow_null=True, default=None)
    file = FileIn(required=False, allow_null=True, default=None)


class VouchIn(serializers.Serializer):
    """Which value is found right, and where."""

    item = serializers.ChoiceField(choices=[(code, code) for code in ITEMS])
    year = serializers.IntegerField(required=False, allow_null=True, default=None)
    source = serializers.ChoiceField(choices=VOUCHERS, default=FactSource.BUREAU)
    source_note = serializers.CharField(max_length=200, allow_blank=True, default="")
    file = FileIn(required=False, allow_null=True, default=None)


class RemarkOut(serializers.ModelSerializer):
    """What the bureau marked on an item, and how it was answered."""

    item = serializers.ChoiceField(choices=[(code, code) for code in VERIFIED])

    class Meta:
        model = OrganisationRemark
        fields = ["id", "item", "remark", "value", "made_at", "corrected", "answer", "answered_at"]


class EntryChangeIn(serializers.Serializer):
    """The new value of a verified item: the id of a district, the code of a head office, or text."""

    item = serializers.ChoiceField(choices=[(code, code) for code in CHANGEABLE])
    new = serializers.CharField(max_length=200, allow_blank=True)
    since = serializers.DateField(required=False, allow_null=True, default=None)
    why = serializers.CharField(max_length=LONGEST)
    file = FileIn(required=False, allow_null=True, default=None)


class EntryChangeOut(serializers.ModelSerializer):
    """A change of a verified item and where it stands."""

    item = serializers.ChoiceField(choices=[(code, code) for code in CHANGEABLE])
    state = serializers.ChoiceField(choices=OrganisationChangeState)

    class Meta:
        model = OrganisationChange
        fields = ["id", "item", "state", "old", "new", "since", "why", "asked_at", "decided_at"]


class OtherNameIn(serializers.Serializer):
    """A former or short name."""

    name = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(choices=AliasKind)
    starts_on = serializers.DateField(required=False, allow_null=True, default=None)
    ends_on = serializers.DateField(required=False, allow_null=True, default=None)


class OtherNameOut(serializers.ModelSerializer):
    """A former or short name with its days."""

    kind = serializers.ChoiceField(choices=AliasKind)

    class Meta:
        model = OrganisationAlias
        fields = ["id", "name", "kind", "starts_on", "ends_on", "removed_at"]


class OrganisationLine(serializers.ModelSerializer):
    """An organisation in a list: its code, name and state."""

    state = serializers.ChoiceField(choices=OrganisationState)

    class Meta:
        model = Organisation
        fields = ["id", "uscc", "name", "state"]


class OrganisationMergeIn(serializers.Serializer):
    """Into which organisation, from when, on the ground of which document."""

    into = serializers.CharField(max_length=18, help_text=_("Credit code of the organisation that remains."))
    from_on = serializers.DateField()
    document_number = serializers.CharField(max_length=80)
    file = FileIn()


class OrganisationMergeOut(serializers.ModelSerializer):
    """From a day on, one organisation counts as the other."""

    absorbed = OrganisationLine()
    into = OrganisationLine()
    state = serializers.ChoiceField(choices=OrganisationMergeState)

    class Meta:
        model = OrganisationMerge
        fields = ["id", "absorbed", "into", "state", "from_on", "until_on", "document_number", "proposed_at", "decided_at", "ended_at"]


class TakeBackIn(serializers.Serializer):
    """Why a merge is taken back, and from which day; today if none is given."""

    why = serializers.CharField(max_length=2000)
    until_on = serializers.DateField(required=False, allow_null=True, default=None)


class JoinRequestOut(serializers.ModelSerializer):
    """That one asked to be let in; who was told is not said."""

    class Meta:
        model = JoinRequest
        fields = ["id", "organisation_id", "asked_on"]


class AlikeAsked(serializers.Serializer):
    """The name and code of an organisation that is about to be entered."""

    name = serializers.CharField(max_length=120)
    uscc = serializers.CharField(max_length=40, allow_blank=True, default="")


class AlikeOut(serializers.Serializer):
    """An organisation that may be the same, and why it is shown."""

    id = serializers.UUIDField(source="organisation.pk")
    name = serializers.CharField(source="organisation.name")
    same_code = serializers.BooleanField()
    same_body = serializers.BooleanField(help_text=_("The same organisation's part of the code, at another registration office."))
    other_name = serializers.CharField(source="alias", allow_blank=True)

