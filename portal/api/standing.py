"""Operations on credit checks, dishonesty and affiliations of an organisation."""

from base64 import b64decode
from binascii import Error
from datetime import date
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from portal.actions import affiliations as ties
from portal.actions import standing as actions
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound, Refused
from portal.models import (
    Affiliation,
    CreditCheck,
    CreditResult,
    Dishonesty,
    DishonestyKind,
    DishonestyState,
    Organisation,
    Post,
    Source,
    Tie,
)
from portal.permissions_on_standing import may_see_standing, sees_all_standing
from portal.queries import affiliations, organisations, standing
from portal.web import find


class CheckOut(serializers.ModelSerializer):
    """One look at one site, as the organisation itself may read it too."""

    result = serializers.ChoiceField(choices=CreditResult)

    class Meta:
        model = CreditCheck
        fields = ["id", "site_id", "checked_on", "result", "found", "corrects_id"]


class CheckIn(serializers.Serializer):
    """One look at one site; the picture as base64."""

    site = serializers.CharField(max_length=20)
    checked_on = serializers.DateField()
    result = serializers.ChoiceField(choices=CreditResult)
    found = serializers.CharField(max_length=4000, allow_blank=True, default="")
    screenshot_name = serializers.CharField(max_length=200, allow_blank=True, default="")
    screenshot_base64 = serializers.CharField(allow_blank=True, default="")
    corrects = serializers.UUIDField(required=False, allow_null=True, default=None)


class DishonestyOut(serializers.ModelSerializer):
    """An entry on a dishonesty list."""

    kind = serializers.ChoiceField(choices=DishonestyKind)
    state = serializers.ChoiceField(choices=DishonestyState)

    class Meta:
        model = Dishonesty
        fields = ["id", "kind", "source", "document_number", "from_on", "words", "state", "repaired_on", "repair_number"]


class DishonestyIn(serializers.Serializer):
    """An entry on a dishonesty list."""

    kind = serializers.ChoiceField(choices=DishonestyKind)
    source = serializers.CharField(max_length=120)
    document_number = serializers.CharField(max_length=80)
    from_on = serializers.DateField()
    words = serializers.CharField(max_length=4000)


class RepairIn(serializers.Serializer):
    """The repair of dishonesty; its decision as base64."""

    repaired_on = serializers.DateField()
    repair_number = serializers.CharField(max_length=80)
    document_name = serializers.CharField(max_length=200)
    document_base64 = serializers.CharField()


class TieEndIn(serializers.Serializer):
    """The last day of a tie or an employment."""

    until_on = serializers.DateField()


class TieOut(serializers.Serializer):
    """A tie in words and figures; who entered it is not told."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Tie)
    words = serializers.SerializerMethodField()
    percent = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    from_on = serializers.DateField()
    until_on = serializers.SerializerMethodField()
    source = serializers.ChoiceField(choices=Source)
    source_on = serializers.DateField()

    def get_words(self, row: Affiliation) -> str:
        """The tie as a sentence."""
        return affiliations.words_shown(row)

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_until_on(self, row: Affiliation) -> date | None:
        """The last day, as this reader knows it."""
        return affiliations.end_shown(row)


class YesUnlessSaid(serializers.BooleanField):
    """Yes or no; left out it is what ``default`` says, in a form too."""

    default_empty_html = empty


class TieIn(serializers.Serializer):
    """A tie with another side: an organisation by its id, or a person or firm by name; as a form where a document comes along.

    A person with an account under ``email`` is asked whether it is so. The answer is the same where there is none.
    """

    kind = serializers.ChoiceField(choices=Tie)
    holds = serializers.BooleanField(default=False)
    other_organisation_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    name = serializers.CharField(max_length=120, allow_blank=True, default="")
    is_person = YesUnlessSaid(default=True)
    email = serializers.EmailField(required=False, allow_blank=True)
    hint = serializers.CharField(max_length=120, allow_blank=True, default="")
    percent = serializers.DecimalField(max_digits=5, decimal_places=2, required=False, allow_null=True, default=None)
    post = serializers.ChoiceField(choices=Post, required=False, allow_blank=True, default="")
    from_on = serializers.DateField()
    until_on = serializers.DateField(required=False, allow_null=True, default=None)
    source = serializers.ChoiceField(choices=Source)
    source_on = serializers.DateField()
    source_note = serializers.CharField(max_length=200, allow_blank=True, default="")
    document = serializers.FileField(required=False, allow_null=True, default=None)
    corrects = serializers.UUIDField(required=False, allow_null=True, default=None)


class KinIn(serializers.Serializer):
    """Kin of the person who holds a tie; as a form where a document comes along."""

    name = serializers.CharField(max_length=120)
    email = serializers.EmailField(required=False, allow_blank=True)
    hint = serializers.CharField(max_length=120, allow_blank=True, default="")
    from_on = serializers.DateField()
    source = serializers.ChoiceField(choices=Source)
    source_on = serializers.DateField()
    source_note = serializers.CharField(max_length=200, allow_blank=True, default="")
    document = serializers.FileField(required=False, allow_null=True, default=None)


@reads(CheckOut, many=True)
def list_credit_checks(asked: Asked, pk: UUID) -> object:
    """Every check of an organisation's credit, the latest first."""
    return standing.history_of(_seen(asked, pk).pk)


@acts(CheckIn, gives=CheckOut, status=201)
def record_credit_check(asked: Asked, pk: UUID) -> CreditCheck:
    """Record what one credit site showed of an organisation."""
    given = dict(asked.given)
    name, encoded = given.pop("screenshot_name"), given.pop("screenshot_base64")
    picture = (name or "screenshot", _decoded(encoded)) if encoded else None
    return actions.record_credit_check(_seen(asked, pk).pk, **given, screenshot=picture, by=asked.by, now=asked.now)


@reads(DishonestyOut, many=True)
def list_dishonesty(asked: Asked, pk: UUID) -> object:
    """Dishonesty of an organisation; what nobody has confirmed only for those who decide."""
    organisation = _seen(asked, pk)
    return standing.dishonesties_of(organisation.pk, all_of_them=sees_all_standing(asked.by, organisation))


@acts(DishonestyIn, gives=DishonestyOut, status=201)
def record_dishonesty(asked: Asked, pk: UUID) -> Dishonesty:
    """Enter dishonesty; it takes effect when a second person confirms it."""
    return actions.record_dishonesty(_seen(asked, pk).pk, **asked.given, by=asked.by, now=asked.now)


@acts(gives=DishonestyOut)
def confirm_dishonesty(asked: Asked, pk: UUID, entry: UUID) -> Dishonesty:
    """Confirm dishonesty that somebody else entered."""
    found = find(_decided_on(asked, pk).dishonesties, pk=entry)
    return actions.confirm_dishonesty(found.pk, by=asked.by, now=asked.now)


@acts(WhyIn, gives=CheckOut)
def let_record_pass(asked: Asked, pk: UUID, check: UUID) -> CreditCheck:
    """Decide that a record somebody else found does not stand against the organisation."""
    found = find(_decided_on(asked, pk).credit_checks, pk=check)
    return actions.let_record_pass(found.pk, **asked.given, by=asked.by, now=asked.now).credit_check


@acts(WhyIn, gives=DishonestyOut)
def drop_dishonesty(asked: Asked, pk: UUID, entry: UUID) -> Dishonesty:
    """Find that an entry somebody else made is wrong; it never takes effect."""
    found = find(_decided_on(asked, pk).dishonesties, pk=entry)
    return actions.drop_dishonesty(found.pk, **asked.given, by=asked.by, now=asked.now)


@acts(RepairIn, gives=DishonestyOut)
def repair_dishonesty(asked: Asked, pk: UUID, entry: UUID) -> Dishonesty:
    """Enter the repair of dishonesty, with its decision."""
    found, given = find(_decided_on(asked, pk).dishonesties, pk=entry), dict(asked.given)
    file = (given.pop("document_name"), _decoded(given.pop("document_base64"), "document_base64"))
    return actions.repair_dishonesty(found.pk, **given, document=file, by=asked.by, now=asked.now)


@reads(TieOut, many=True)
def list_affiliations(asked: Asked, pk: UUID) -> object:
    """The ties of an organisation in both directions."""
    return _ties(asked, _seen(asked, pk))


@acts(TieIn, gives=TieOut, status=201)
def enter_affiliation(asked: Asked, pk: UUID) -> Affiliation:
    """Enter a tie of an organisation."""
    organisation, given = _seen(asked, pk), dict(asked.given)
    side = {name: given.pop(name) for name in ("name", "is_person", "hint")} | {"email": given.pop("email", "")}
    other = ties.Side(organisation_id=given.pop("other_organisation_id"), **side)
    given["document"] = sent(given["document"])
    entered = ties.enter_affiliation(organisation.pk, **given, other=other, by=asked.by, now=asked.now)
    return find(_ties(asked, organisation), pk=entered.pk)


@acts(KinIn, gives=TieOut, status=201)
def enter_kin(asked: Asked, pk: UUID, tie: UUID) -> Affiliation:
    """Enter that the person who holds a tie is kin of another person."""
    organisation, given = _seen(asked, pk), dict(asked.given)
    full = sees_all_standing(asked.by, organisation)
    held = find(affiliations.with_kin(organisation.pk, in_full=full), pk=tie)
    other = ties.Side(name=given.pop("name"), hint=given.pop("hint"), email=given.pop("email", ""))
    given["document"] = sent(given["document"])
    entered = ties.enter_kin(held.pk, **given, other=other, by=asked.by, now=asked.now)
    return find(_ties(asked, organisation), pk=entered.pk)


@acts(TieEndIn, gives=TieOut)
def end_affiliation(asked: Asked, pk: UUID, tie: UUID) -> Affiliation:
    """Enter the last day of a tie; it is set once."""
    organisation = _seen(asked, pk)
    found = find(_ties(asked, organisation), pk=tie)
    ties.end_affiliation(found.pk, **asked.given, by=asked.by, now=asked.now)
    return find(_ties(asked, organisation), pk=tie)


@acts(WhyIn, gives=TieOut)
def withdraw_affiliation(asked: Asked, pk: UUID, tie: UUID) -> Affiliation:
    """Take back a tie that was wrong."""
    found = find(_ties(asked, _seen(asked, pk)), pk=tie)
    ties.withdraw_affiliation(found.pk, **asked.given, by=asked.by, now=asked.now)
    return found


def sent(file: UploadedFile | None) -> tuple[str, bytes] | None:
    """Name and content of a file that came with a form."""
    return (file.name, file.read()) if file else None


def _ties(asked: Asked, organisation: Organisation) -> QuerySet[Affiliation]:
    return affiliations.shown_at(organisation.pk, in_full=sees_all_standing(asked.by, organisation))


def _decided_on(asked: Asked, pk: UUID) -> Organisation:
    organisation = _seen(asked, pk)
    if not sees_all_standing(asked.by, organisation):
        raise NotFound()
    return organisation


def _seen(asked: Asked, pk: UUID) -> Organisation:
    organisation = find(organisations.visible_to(asked.by), pk=pk)
    if not may_see_standing(asked.by, organisation):
        raise NotFound()
    return organisation


def _decoded(text: str, field: str = "screenshot_base64") -> bytes:
    try:
        return b64decode(text, validate=True)
    except (Error, ValueError):
        raise Refused("file_unreadable", _("The file is not base64. Encode it again."), field=field) from None
