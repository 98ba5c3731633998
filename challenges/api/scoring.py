"""Operations of an expert: seats, declarations, score sheets, and the bid to be read."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from rest_framework import serializers

from challenges.actions import reviewing
from challenges.api.opening import DocumentOut
from challenges.models import Assignment, Candidate, Criterion, Sheet
from challenges.permissions.reviewing import may_score
from challenges.queries import reviewing as reviews
from challenges.queries.opening import OpenedBid, document_of
from challenges.states import AssignmentState, SheetState
from portal import vault
from portal.api.shapes import WhyIn
from portal.api.views import Asked, acts, reads
from portal.kernel.errors import NotFound
from portal.kernel.verdict import require
from portal.web import find


class ReviewOut(serializers.ModelSerializer):
    """One's seat on a panel."""

    state = serializers.ChoiceField(choices=AssignmentState.choices)
    due_at = serializers.DateTimeField(source="panel.due_at")
    locked_at = serializers.DateTimeField(source="panel.locked_at", allow_null=True)

    class Meta:
        model = Assignment
        fields = ["id", "panel_id", "seat", "state", "invited_at", "answer_by", "answered_at", "due_at", "locked_at"]


class AcceptIn(serializers.Serializer):
    """The two declarations."""

    declares_no_conflict = serializers.BooleanField()
    keeps_confidential = serializers.BooleanField()


class CandidateOut(serializers.ModelSerializer):
    """A candidate to be scored."""

    class Meta:
        model = Candidate
        fields = ["id", "label", "title"]


class RubricLineOut(serializers.ModelSerializer):
    """A criterion: its weight is also the most points; bands describe them."""

    bands = serializers.ListField(child=serializers.DictField())

    class Meta:
        model = Criterion
        fields = ["id", "position", "name", "name_en", "weight_percent", "technical", "bands"]


class PointIn(serializers.Serializer):
    """Points and words for one criterion."""

    criterion = serializers.UUIDField()
    points = serializers.DecimalField(max_digits=6, decimal_places=2, min_value=0, max_value=100, allow_null=True, default=None)
    comment = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)


class SheetIn(serializers.Serializer):
    """A sheet as far as it is filled in."""

    points = PointIn(many=True)
    comment = serializers.CharField(required=False, default="", allow_blank=True, max_length=4000)


class PointOut(serializers.Serializer):
    """Points and words for one criterion."""

    criterion = serializers.UUIDField(source="criterion_id")
    points = serializers.DecimalField(max_digits=6, decimal_places=2, allow_null=True)
    comment = serializers.CharField()


class SheetOut(serializers.ModelSerializer):
    """A score sheet: total and digest once it is handed in."""

    state = serializers.ChoiceField(choices=SheetState.choices)
    seat = serializers.IntegerField(source="assignment.seat")
    points = PointOut(many=True)

    class Meta:
        model = Sheet
        fields = ["id", "candidate_id", "seat", "state", "points", "comment", "total", "digest", "submitted_at"]


@reads(ReviewOut, many=True)
def list_reviews(asked: Asked) -> QuerySet[Assignment]:
    """One's seats, those that wait first."""
    return reviews.listed(asked.by)


@reads(ReviewOut)
def show_review(asked: Asked, pk: UUID) -> Assignment:
    """One seat."""
    return _seat(asked, pk)


@acts(AcceptIn, gives=ReviewOut)
def accept_seat(asked: Asked, pk: UUID) -> Assignment:
    """Declare and take the seat."""
    declared = asked.given["declares_no_conflict"] and asked.given["keeps_confidential"]
    return reviewing.accept_seat(_seat(asked, pk).pk, declares_no_conflict=declared, by=asked.by, now=asked.now)


@acts(WhyIn, gives=ReviewOut)
def decline_seat(asked: Asked, pk: UUID) -> Assignment:
    """Decline the invitation with a reason."""
    return reviewing.decline_seat(_seat(asked, pk).pk, why=asked.given["why"], by=asked.by, now=asked.now)


@acts(WhyIn, gives=ReviewOut)
def recuse(asked: Asked, pk: UUID) -> Assignment:
    """Step back because of a conflict; sheets handed in are set aside."""
    return reviewing.recuse(_seat(asked, pk).pk, why=asked.given["why"], by=asked.by, now=asked.now)


@reads(CandidateOut, many=True)
def list_candidates(asked: Asked, pk: UUID) -> QuerySet[Candidate]:
    """The candidates to score, once the seat is taken."""
    return reviews.candidates_to_score(_declared(asked, pk).panel)


@reads(RubricLineOut, many=True)
def show_rubric(asked: Asked, pk: UUID) -> list[Criterion]:
    """The criteria of the sheet."""
    return reviews.criteria_of(_seat(asked, pk).panel)


@reads(DocumentOut)
def read_candidate(asked: Asked, pk: UUID, candidate: UUID) -> OpenedBid:
    """The bid of a candidate, for an expert who declared and while the panel scores."""
    seat = _declared(asked, pk)
    found = document_of(_candidate(seat, candidate).of_bid.bid)
    if found is None:
        raise NotFound()
    return found


@reads(bytes)
def read_candidate_file(asked: Asked, pk: UUID, candidate: UUID, file: UUID) -> HttpResponse:
    """A file of the bid, for an expert who declared and while the panel scores."""
    seat = _declared(asked, pk)
    kept = find(reviews.files_to_read(seat, _candidate(seat, candidate)), file=file).file
    response = HttpResponse(vault.read(kept), content_type=kept.kind)
    response["Content-Disposition"] = content_disposition_header(True, kept.name)
    return response


@acts(SheetIn, gives=SheetOut)
def save_sheet(asked: Asked, pk: UUID, candidate: UUID) -> Sheet:
    """Keep the draft of a sheet."""
    seat = _seat(asked, pk)
    lines = asked.given["points"]
    reviewing.save_sheet(
        seat.pk,
        candidate,
        points={line["criterion"]: line["points"] for line in lines},
        comments={line["criterion"]: line["comment"] for line in lines},
        comment=asked.given["comment"],
        by=asked.by,
        now=asked.now,
    )
    return reviews.own_sheets(seat).get(candidate=candidate)


@reads(SheetOut, many=True)
def list_sheets(asked: Asked) -> QuerySet[Sheet]:
    """The sheets this person may read: own; others' once own are in; all of locked panels for the bureau."""
    return reviews.sheets_visible_to(asked.by).prefetch_related("points").order_by("candidate__label", "assignment__seat", "pk")


@reads(SheetOut)
def show_sheet(asked: Asked, pk: UUID) -> Sheet:
    """One sheet."""
    return find(reviews.sheets_visible_to(asked.by), pk=pk)


@acts(gives=SheetOut, repeatable=True)
def submit_sheet(asked: Asked, pk: UUID) -> Mapping[str, object] | Sheet:
    """Hand in a sheet; it cannot be changed any more."""
    sheet = find(reviews.sheets_visible_to(asked.by), pk=pk)
    return reviewing.submit_sheet(sheet.pk, by=asked.by, now=asked.now)


def _seat(asked: Asked, pk: UUID) -> Assignment:
    return find(reviews.seats_of(asked.by), pk=pk)


def _declared(asked: Asked, pk: UUID) -> Assignment:
    """The seat, once it is taken and while the panel scores."""
    seat = _seat(asked, pk)
    require(may_score(asked.by, seat))
    return seat


def _candidate(seat: Assignment, candidate: UUID) -> Candidate:
    return find(reviews.candidates_to_score(seat.panel), pk=candidate)
