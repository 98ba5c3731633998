"""Operations on where experts work and worked."""

from uuid import UUID

from rest_framework import serializers

from portal.actions import employments as actions
from portal.api.standing import TieEndIn, sent
from portal.api.views import Asked, acts, reads
from portal.kernel.verdict import require
from portal.models import Employment, Source, User
from portal.permissions_on_standing import may_enter_employment
from portal.queries import affiliations
from portal.web import find


class EmploymentOut(serializers.ModelSerializer):
    """Where an expert works or worked; the employer by id where it is an organisation of the portal."""

    employer = serializers.CharField(source="__str__")
    source = serializers.ChoiceField(choices=Source)

    class Meta:
        model = Employment
        fields = ["id", "organisation_id", "employer", "from_on", "until_on", "source", "source_on", "source_note", "corrects_id"]


class EmploymentIn(serializers.Serializer):
    """An employment: an organisation by its id, or an employer by name; as a form where a document comes along.

    Of oneself it counts as declared.
    """

    organisation_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    employer = serializers.CharField(max_length=120, allow_blank=True, default="")
    from_on = serializers.DateField()
    until_on = serializers.DateField(required=False, allow_null=True, default=None)
    source = serializers.ChoiceField(choices=[Source.REGISTER, Source.DOCUMENT, Source.HUMAN], default=Source.HUMAN)
    source_on = serializers.DateField(required=False, allow_null=True, default=None)
    source_note = serializers.CharField(max_length=200, allow_blank=True, default="")
    document = serializers.FileField(required=False, allow_null=True, default=None)
    corrects = serializers.UUIDField(required=False, allow_null=True, default=None)


class DeclarationOut(serializers.Serializer):
    """The year for which the list of employments is declared complete."""

    year = serializers.IntegerField()
    at = serializers.DateTimeField()


@reads(EmploymentOut, many=True)
def list_employments(asked: Asked) -> object:
    """Your own employments, as an expert."""
    require(may_enter_employment(asked.by, asked.by))
    return affiliations.employments_of(asked.by.pk)


@acts(EmploymentIn, gives=EmploymentOut, status=201)
def enter_employment(asked: Asked) -> Employment:
    """Enter where you work or worked, as an expert."""
    return actions.enter_employment(asked.by.pk, **_typed(asked), by=asked.by, now=asked.now)


@acts(gives=DeclarationOut, status=201)
def declare_employments(asked: Asked) -> object:
    """Declare for this year that your list is complete."""
    return actions.declare_employments(by=asked.by, now=asked.now)


@reads(EmploymentOut, many=True)
def list_employments_of_expert(asked: Asked, pk: UUID) -> object:
    """The employments of an expert, for those of the bureau who enter them."""
    return affiliations.employments_of(_expert(asked, pk).pk)


@acts(EmploymentIn, gives=EmploymentOut, status=201)
def enter_employment_of_expert(asked: Asked, pk: UUID) -> Employment:
    """Enter where an expert works or worked, with the source."""
    return actions.enter_employment(_expert(asked, pk).pk, **_typed(asked), by=asked.by, now=asked.now)


@acts(TieEndIn, gives=EmploymentOut)
def end_employment(asked: Asked, pk: UUID) -> Employment:
    """Enter the last day of an employment; it is set once."""
    return actions.end_employment(_known(asked, pk).pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=EmploymentOut)
def withdraw_employment(asked: Asked, pk: UUID) -> Employment:
    """Take back an employment that was entered wrongly."""
    return actions.withdraw_employment(_known(asked, pk).pk, by=asked.by, now=asked.now)


def _typed(asked: Asked) -> dict[str, object]:
    return {**asked.given, "document": sent(asked.given["document"])}


def _expert(asked: Asked, pk: UUID) -> User:
    return find(affiliations.experts_visible_to(asked.by), pk=pk)


def _known(asked: Asked, pk: UUID) -> Employment:
    return find(affiliations.employments_visible_to(asked.by), pk=pk)
