"""Shapes of officials' roles, proposals and invitations to offices in the API."""

from rest_framework import serializers

from portal.api.masking import MaskedField
from portal.api.shapes import DistrictOut, PersonOut
from portal.models import Grant, GrantProposal, Invitation, ProposalKind, Role
from portal.queries.officials import COMING, OFFICES, PAST, PRESENT
from portal.states import InvitationState, ProposalState

OFFICE = [(role.value, role.label) for role in OFFICES]
TIMES = [(PRESENT, PRESENT), (COMING, COMING), (PAST, PAST)]


class NamedOut(serializers.Serializer):
    """A programme by its id and name."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    name_en = serializers.CharField()


class OfficialsAsked(serializers.Serializer):
    """Which officials are looked for."""

    when = serializers.ChoiceField(choices=TIMES, default=PRESENT)
    role = serializers.ChoiceField(choices=OFFICE, required=False, allow_blank=True, default="")
    programme = serializers.UUIDField(required=False, default=None)
    district = serializers.UUIDField(required=False, default=None)
    name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")


class OfficialOut(serializers.ModelSerializer):
    """A role that a person holds, is to hold or held; without a programme it is for all of them."""

    user = serializers.CharField(source="user.name")
    role = serializers.ChoiceField(choices=Role)
    district = DistrictOut(allow_null=True)
    programme = NamedOut(allow_null=True)
    proposed_by = serializers.CharField(source="granted_by.name", default=None, allow_null=True)
    confirmed_by = serializers.CharField(source="confirmed_by.name", default=None, allow_null=True)

    class Meta:
        model = Grant
        fields = ["id", "user", "role", "district", "programme", "starts_on", "ends_on", "ended_at", "proposed_by", "confirmed_by"]


class RoleProposalOut(serializers.ModelSerializer):
    """What one official proposed about somebody's role, and how a second one decided."""

    kind = serializers.ChoiceField(choices=ProposalKind)
    user = PersonOut()
    role = serializers.ChoiceField(choices=Role)
    district = DistrictOut(allow_null=True)
    programme = NamedOut(allow_null=True)
    state = serializers.ChoiceField(choices=ProposalState)
    proposed_by = serializers.CharField(source="proposed_by.name")
    decided_by = serializers.CharField(source="decided_by.name", default=None, allow_null=True)

    class Meta:
        model = GrantProposal
        fields = [
            "id", "kind", "user", "role", "district", "programme", "starts_on", "ends_on", "grant_id", "reason", "state",
            "proposed_by", "proposed_at", "decided_by", "decided_at",
        ]  # fmt: skip


class OfficeIn(serializers.Serializer):
    """A role and where it holds; without a programme it is for all of them."""

    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=OFFICE)
    district_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    programme_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    ends_on = serializers.DateField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=400)


class RoleProposalIn(OfficeIn):
    """A role for somebody who has an account; the letter of appointment as base64."""

    starts_on = serializers.DateField()
    letter_name = serializers.CharField(max_length=200, allow_blank=True, default="")
    letter_base64 = serializers.CharField(allow_blank=True, default="")


class RoleEndIn(serializers.Serializer):
    """The last day of a role; null ends it as soon as the proposal is confirmed."""

    last_day = serializers.DateField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=400)


class OfficeOfferOut(serializers.ModelSerializer):
    """An invitation to an office; its address is masked, and its secret is in the mail alone."""

    email = MaskedField("invited")
    role = serializers.ChoiceField(choices=Role)
    state = serializers.ChoiceField(choices=InvitationState)
    invited_by = serializers.CharField(source="invited_by.name")

    class Meta:
        model = Invitation
        fields = ["id", "email", "role", "district_id", "programme_id", "ends_on", "expires_on", "state", "invited_by", "invited_at"]
