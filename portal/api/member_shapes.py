"""Shapes of invitations, hand-overs and open work in the API."""

from rest_framework import serializers

from portal.api.masking import MaskedField
from portal.api.shapes import PersonOut
from portal.kernel.masking import mask_mail
from portal.models import Invitation, MemberRole
from portal.states import InvitationState

KEEPABLE = [role for role in MemberRole if role != MemberRole.ADMINISTRATOR]


class RoleIn(serializers.Serializer):
    """What a member may do from today on."""

    role = serializers.ChoiceField(choices=MemberRole)


class LastDayIn(serializers.Serializer):
    """The last day of a membership; null takes it away."""

    ends_on = serializers.DateField(allow_null=True)


class AdministrationIn(serializers.Serializer):
    """The membership of the colleague who takes over, and the role one keeps; empty means to leave."""

    to = serializers.UUIDField()
    stay_as = serializers.ChoiceField(choices=[(role.value, role.label) for role in KEEPABLE], allow_blank=True, default="")


class InvitationIn(serializers.Serializer):
    """An address, what whoever accepts may do, and the last day of the membership."""

    email = serializers.EmailField()
    role = serializers.ChoiceField(choices=MemberRole)
    ends_on = serializers.DateField(allow_null=True, default=None)


class InvitationOut(serializers.ModelSerializer):
    """An invitation as those who sent it see it; its address is masked, and its secret is in the mail alone."""

    email = MaskedField("invited")
    role = serializers.ChoiceField(choices=MemberRole)
    state = serializers.ChoiceField(choices=InvitationState)
    invited_by = PersonOut()

    class Meta:
        model = Invitation
        fields = ["id", "organisation_id", "email", "role", "ends_on", "expires_on", "state", "invited_by", "invited_at", "mails_sent"]


class InvitationOfferOut(serializers.ModelSerializer):
    """What a link offers, to whoever holds it."""

    organisation = serializers.CharField(source="organisation.name", default=None, allow_null=True)
    role = serializers.CharField()
    sent_to = serializers.SerializerMethodField()

    class Meta:
        model = Invitation
        fields = ["organisation", "role", "ends_on", "expires_on", "sent_to"]

    def get_sent_to(self, invitation: Invitation) -> str:
        """The address, masked."""
        return mask_mail(invitation.email)


class SecretIn(serializers.Serializer):
    """The secret from the link of an invitation."""

    secret = serializers.CharField(max_length=100)


class WorkIn(serializers.Serializer):
    """Pieces of open work by their keys, and the person who looks after them from now on."""

    works = serializers.ListField(child=serializers.CharField(max_length=80), max_length=500)
    to = serializers.UUIDField()


class WorkOut(serializers.Serializer):
    """A piece of open work and who looks after it."""

    key = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField()
    state = serializers.CharField()
    keeper = PersonOut(allow_null=True)
    is_orphan = serializers.BooleanField(help_text="Whoever looked after it acts for the organisation no longer.")
