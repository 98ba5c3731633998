"""Operations on needs: what the poster does, and what district and bureau decide."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from rest_framework import serializers

from challenges.actions import drafting, publicising, publishing, vetting
from challenges.api.boards import BoardOut, FileOut, IndicatorOut
from challenges.api.notices import NoticeOut
from challenges.models import Challenge, ChallengeFile, Comparator, IpChoice, PublicNotice
from challenges.policy.need_shape import INDICATOR_TEXTS, MOST_INDICATORS, MOST_MONTHS, MOST_PLACES, TEXTS
from challenges.queries import needs
from challenges.states import ChallengeState
from portal import vault
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.money import MOST_FEN
from portal.web import find

WRITTEN = needs.FIELDS


class NeedLine(serializers.ModelSerializer):
    """A need in a list."""

    state = serializers.ChoiceField(choices=ChallengeState.choices)
    poster_name = serializers.CharField(source="poster.name")

    class Meta:
        model = Challenge
        fields = ["id", "number", "title", "state", "class_code", "field", "poster_id", "poster_name", "total_fen",
                  "city_fen", "submitted_at", "published_at"]  # fmt: skip


class NeedOut(serializers.ModelSerializer):
    """A whole need; amounts in fen, ``board_fen`` null means negotiable."""

    state = serializers.ChoiceField(choices=ChallengeState.choices)
    indicators = IndicatorOut(many=True)
    files = FileOut(many=True)

    class Meta:
        model = Challenge
        fields = ["id", "number", "state", "call_id", "rules_id", "poster_id", "version", *WRITTEN, "cap_fen", "most_percent",
                  "least_percent", "created_at", "submitted_at", "pooled_at", "published_at", "opens_at", "closes_at",
                  "indicators", "files"]  # fmt: skip


class StartIn(serializers.Serializer):
    """What a need begins with."""

    call_id = serializers.UUIDField()
    poster_id = serializers.UUIDField()
    class_code = serializers.CharField(max_length=TEXTS["class_code"])
    title = serializers.CharField(max_length=TEXTS["title"])


class IndicatorIn(serializers.Serializer):
    """One indicator: what is measured, how it compares with which value, how it will be tested."""

    name = serializers.CharField(max_length=INDICATOR_TEXTS["name"])
    comparator = serializers.ChoiceField(choices=Comparator.choices)
    value = serializers.DecimalField(max_digits=18, decimal_places=MOST_PLACES)
    unit = serializers.CharField(max_length=INDICATOR_TEXTS["unit"], allow_blank=True, default="")
    test_method = serializers.CharField(max_length=INDICATOR_TEXTS["test_method"])


def text(name: str) -> serializers.CharField:
    """A text of a need, which may be empty or left out."""
    return serializers.CharField(max_length=TEXTS[name], allow_blank=True, required=False)


def amount() -> serializers.IntegerField:
    """An amount in fen, which may be left out."""
    return serializers.IntegerField(min_value=0, max_value=MOST_FEN, required=False)


class NeedIn(serializers.Serializer):
    """The columns to change, the others stay; ``version`` is the one the writer started from."""

    version = serializers.IntegerField(min_value=1)
    title = text("title")
    class_code = text("class_code")
    field = text("field")
    background = text("background")
    content = text("content")
    scenario = text("scenario")
    bidder_conditions = text("bidder_conditions")
    ip_choice = serializers.ChoiceField(choices=IpChoice.choices, allow_blank=True, required=False)
    ip_terms = text("ip_terms")
    contact = text("contact")
    months = serializers.IntegerField(min_value=0, max_value=MOST_MONTHS, required=False)
    total_fen = amount()
    own_fen = amount()
    city_fen = amount()
    other_fen = amount()
    board_fen = serializers.IntegerField(min_value=1, max_value=MOST_FEN, allow_null=True, required=False)
    declared_unclassified = serializers.BooleanField(required=False)
    declared_commitment = serializers.BooleanField(required=False)
    indicators = serializers.ListField(child=IndicatorIn(), max_length=MOST_INDICATORS, required=False)


class NeedsAsked(serializers.Serializer):
    """Filters of the list."""

    state = serializers.ChoiceField(choices=ChallengeState.choices, required=False, allow_blank=True, default="")
    district = serializers.CharField(required=False, allow_blank=True, default="", max_length=12)
    q = serializers.CharField(required=False, allow_blank=True, default="", max_length=80)


class OpinionIn(serializers.Serializer):
    """An opinion, which may be left out."""

    why = serializers.CharField(required=False, allow_blank=True, default="", max_length=vetting.MOST_REASON)


class NeedFileIn(serializers.Serializer):
    """A file, sent as a form part."""

    content = serializers.FileField()


class NoticeIn(serializers.Serializer):
    """The first day of a public notice; the last is computed."""

    starts_on = serializers.DateField()


class WindowIn(serializers.Serializer):
    """When bidding opens and closes; what is left out follows from the rules."""

    opens_at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    closes_at = serializers.DateTimeField(required=False, allow_null=True, default=None)


@reads(NeedLine, many=True, asks=NeedsAsked)
def list_needs(asked: Asked) -> QuerySet[Challenge]:
    """Needs this person may know of, what moved last on top."""
    return needs.chosen(needs.listed(asked.by), {"class": "", **asked.given})


@acts(StartIn, gives=NeedOut, status=201, repeatable=True)
def start_need(asked: Asked) -> Challenge:
    """Begin a need in an open call, as a draft that only its organisation sees."""
    given = asked.given
    return drafting.start_need(
        given["call_id"], given["poster_id"], class_code=given["class_code"], title=given["title"], by=asked.by, now=asked.now
    )


@reads(NeedOut)
def show_need(asked: Asked, pk: UUID) -> Challenge:
    """One need with its indicators and files."""
    return _known(asked, pk)


@acts(NeedIn, gives=NeedOut)
def save_need(asked: Asked, pk: UUID) -> Challenge:
    """Save a draft or a returned need; a version that somebody else has passed is refused with 409."""
    need, given = _known(asked, pk), dict(asked.given)
    version, indicators = given.pop("version"), given.pop("indicators", None)
    drafting.save_need(need.pk, fields=given, indicators=indicators, version=version, by=asked.by, now=asked.now)
    return _known(asked, pk)


@acts(NeedFileIn, gives=FileOut, status=201)
def add_need_file(asked: Asked, pk: UUID) -> ChallengeFile:
    """Add a file to a need; kinds and sizes are those of the call's rules."""
    need, upload = _known(asked, pk), asked.given["content"]
    return drafting.attach_file(need.pk, name=upload.name, content=upload.read(), by=asked.by, now=asked.now)


@acts()
def remove_need_file(asked: Asked, pk: UUID) -> None:
    """Take a file out of a need."""
    file = find(needs.visible_files(asked.by), pk=pk)
    drafting.remove_file(file.pk, by=asked.by, now=asked.now)


@reads(bytes, public=True)
def read_file(asked: Asked, pk: UUID) -> HttpResponse:
    """A file of a need or board."""
    kept = find(needs.visible_files(asked.by), pk=pk).file
    response = HttpResponse(vault.read(kept), content_type=kept.kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, kept.name) or "attachment"
    return response


@acts(gives=NeedOut)
def submit_need(asked: Asked, pk: UUID) -> Challenge:
    """Hand the need in to its district, before the call's deadline."""
    drafting.submit_need(_known(asked, pk).pk, by=asked.by, now=asked.now)
    return _known(asked, pk)


@acts(OpinionIn, gives=NeedOut)
def recommend_need(asked: Asked, pk: UUID) -> Challenge:
    """The district recommends the need to the bureau."""
    return _decide(vetting.recommend_need, asked, pk)


@acts(WhyIn, gives=NeedOut)
def return_need(asked: Asked, pk: UUID) -> Challenge:
    """Give the need back to its poster with a reason."""
    return _decide(vetting.return_need, asked, pk)


@acts(WhyIn, gives=NeedOut)
def reject_need(asked: Asked, pk: UUID) -> Challenge:
    """End the need with a reason."""
    return _decide(vetting.reject_need, asked, pk)


@acts(OpinionIn, gives=NeedOut)
def pool_need(asked: Asked, pk: UUID) -> Challenge:
    """File the need into the pool after the formal check."""
    return _decide(vetting.pool_need, asked, pk)


@acts(NoticeIn, gives=NoticeOut, status=201)
def give_notice(asked: Asked, pk: UUID) -> PublicNotice:
    """Put a pooled need before the public for the working days of the rules."""
    return publicising.give_notice(_known(asked, pk).pk, starts_on=asked.given["starts_on"], by=asked.by, now=asked.now)


@acts(WindowIn, gives=BoardOut, status=201)
def publish_board(asked: Asked, pk: UUID) -> Challenge:
    """Make a board of a pooled need: number, deadline, box."""
    return publishing.publish_board(_known(asked, pk).pk, **asked.given, by=asked.by, now=asked.now)


@acts(WhyIn, gives=NeedOut)
def withdraw_challenge(asked: Asked, pk: UUID) -> Challenge:
    """End a need or a board for good, with a reason."""
    return _decide(publishing.withdraw_challenge, asked, pk)


def _known(asked: Asked, pk: UUID) -> Challenge:
    return find(needs.with_everything(asked.by), pk=pk)


def _decide(action, asked: Asked, pk: UUID) -> Challenge:
    given: Mapping[str, str] = asked.given
    action(_known(asked, pk).pk, why=given["why"], by=asked.by, now=asked.now)
    return _known(asked, pk)
