"""Shapes of people, organisations and tokens in the API."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.api.masking import MaskedField
from portal.models import District, MemberRole, Membership, Organisation, OrganisationKind, User
from portal.queries.doers import for_whom
from portal.queries.people import powers_of
from portal.states import OrganisationState


class DistrictOut(serializers.ModelSerializer):
    """A district of the city."""

    class Meta:
        model = District
        fields = ["id", "code", "name", "name_en"]


class OrganisationOut(serializers.ModelSerializer):
    """An organisation's entry and where it stands."""

    district = DistrictOut()
    kind = serializers.ChoiceField(choices=OrganisationKind)
    parent_id = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(choices=OrganisationState)

    class Meta:
        model = Organisation
        fields = [
            "id", "uscc", "uscc_confirmed", "name", "kind", "district", "legal_representative", "address", "parent_id",
            "state", "verified_at", "created_at",
        ]  # fmt: skip


class OrganisationIn(serializers.Serializer):
    """The entry of an organisation, as on its business licence."""

    uscc = serializers.CharField(max_length=40, help_text=_("Unified social credit code, 18 characters."))
    uscc_confirmed = serializers.BooleanField(
        default=False, help_text=_("The check character does not fit; a person has compared the licence.")
    )
    name = serializers.CharField(max_length=120)
    kind = serializers.ChoiceField(choices=OrganisationKind)
    district_id = serializers.UUIDField()
    legal_representative = serializers.CharField(max_length=60)
    address = serializers.CharField(max_length=200, allow_blank=True, default="")
    parent_uscc = serializers.CharField(
        max_length=18, allow_blank=True, default="", help_text=_("Credit code of the head office; only for a branch.")
    )


class WhyIn(serializers.Serializer):
    """A reason, in words."""

    why = serializers.CharField(max_length=2000)


@extend_schema_field({"type": "string", "nullable": True})
class ActingFor(serializers.Field):
    """For whom a row's person (``by``) acted at its moment (``at``), under a delegation; null for oneself."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{**options, "read_only": True, "source": "*"})

    def to_representation(self, row: object) -> str | None:
        """The name, if there is one."""
        return for_whom(row.by_id, row.at) or None


class PersonOut(serializers.ModelSerializer):
    """A person as their colleagues see them; the address is masked, except one's own."""

    email = MaskedField("mail")

    class Meta:
        model = User
        fields = ["id", "name", "email"]


class MembershipOut(serializers.ModelSerializer):
    """A person acts for an organisation from a first to a last day."""

    user = PersonOut()
    role = serializers.ChoiceField(choices=MemberRole)

    class Meta:
        model = Membership
        fields = ["id", "user", "organisation_id", "role", "starts_on", "ends_on"]


class AccountOut(serializers.ModelSerializer):
    """The person who asks: particulars, roles, and organisations by what one may do for them."""

    roles = serializers.SerializerMethodField()
    administers = serializers.SerializerMethodField()
    edits = serializers.SerializerMethodField()
    views = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["id", "name", "email", "language", "roles", "administers", "edits", "views"]

    def get_roles(self, user: User) -> list[str]:
        """Roles held today."""
        return sorted(powers_of(user).roles)

    def get_administers(self, user: User) -> list[str]:
        """Ids of organisations that the person administers."""
        return sorted(map(str, powers_of(user).administers))

    def get_edits(self, user: User) -> list[str]:
        """Ids of organisations for which the person writes."""
        return sorted(map(str, powers_of(user).edits))

    def get_views(self, user: User) -> list[str]:
        """Ids of organisations for which the person acts in any way."""
        return sorted(map(str, powers_of(user).views))


class MessageOut(serializers.Serializer):
    """A message in the reader's language."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    subject = serializers.CharField()
    text = serializers.CharField()
    link = serializers.CharField()
    created_at = serializers.DateTimeField()
    read_at = serializers.DateTimeField(allow_null=True)
