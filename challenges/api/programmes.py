"""Operations on programmes, rules and calls."""

from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from challenges.actions import programming as actions
from challenges.models import Call, Criterion, Programme, Rubric, Rules, RulesClass, SealMode, ShareBase
from challenges.permissions.programming import may_read_programmes
from challenges.queries import programming
from portal.api.views import Asked, acts, reads
from portal.kernel.verdict import require
from portal.web import find


class ClassShape(serializers.ModelSerializer):
    """A class of projects: cap in fen, shares in percent, longest period in months."""

    class Meta:
        model = RulesClass
        fields = ["code", "name", "name_en", "cap_fen", "most_percent", "least_percent", "months_most", "number_format"]


class CriterionOut(serializers.ModelSerializer):
    """One line of a rubric; its weight is also the most points it gives."""

    bands = serializers.ListField(child=serializers.DictField())

    class Meta:
        model = Criterion
        fields = ["id", "position", "name", "name_en", "weight_percent", "technical", "bands"]


class RubricOut(serializers.ModelSerializer):
    """A score sheet's criteria."""

    criteria = CriterionOut(many=True)

    class Meta:
        model = Rubric
        fields = ["id", "purpose", "name", "name_en", "criteria"]


FIGURES = [
    "source", "share_base", "notice_before_publishing", "notice_working_days", "bidding_days", "bids_least",
    "winners_most", "panel_least", "invitation_days", "conflict_years", "pass_mark", "sheets_least", "trim_from",
    "tie_chain", "files_most", "file_most_mib", "file_kinds", "fields", "expert_classes", "seal_mode",
]  # fmt: skip


class RulesOut(serializers.ModelSerializer):
    """One dated version of a programme's rules; periods in the unit of their name."""

    share_base = serializers.ChoiceField(choices=ShareBase)
    seal_mode = serializers.ChoiceField(choices=SealMode)
    tie_chain = serializers.ListField(child=serializers.CharField())
    file_kinds = serializers.ListField(child=serializers.CharField())
    technology_fields = serializers.ListField(child=serializers.DictField(), source="fields")
    expert_classes = serializers.ListField(child=serializers.DictField())
    classes = ClassShape(many=True)
    rubrics = RubricOut(many=True)

    class Meta:
        model = Rules
        fields = [
            "id", "programme_id", "version", "valid_from", "technology_fields",
            *(name for name in FIGURES if name != "fields"), "classes", "rubrics",
        ]  # fmt: skip


class FiguresIn(serializers.Serializer):
    """The figures that change; what is left out stays."""

    source = serializers.CharField(max_length=200, required=False)
    share_base = serializers.ChoiceField(choices=ShareBase, required=False)
    notice_before_publishing = serializers.BooleanField(required=False)
    notice_working_days = serializers.IntegerField(min_value=1, max_value=999, required=False)
    bidding_days = serializers.IntegerField(min_value=1, max_value=999, required=False)
    bids_least = serializers.IntegerField(min_value=1, max_value=999, required=False)
    winners_most = serializers.IntegerField(min_value=1, max_value=99, required=False)
    panel_least = serializers.IntegerField(min_value=3, max_value=99, required=False)
    invitation_days = serializers.IntegerField(min_value=0, max_value=999, required=False)
    conflict_years = serializers.IntegerField(min_value=0, max_value=99, required=False)
    pass_mark = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False)
    sheets_least = serializers.IntegerField(min_value=1, max_value=99, required=False)
    trim_from = serializers.IntegerField(min_value=3, max_value=99, required=False)
    tie_chain = serializers.ListField(child=serializers.ChoiceField(choices=list(programming.TIES)), required=False)
    files_most = serializers.IntegerField(min_value=0, max_value=99, required=False)
    file_most_mib = serializers.IntegerField(min_value=1, max_value=64, required=False)
    file_kinds = serializers.ListField(child=serializers.ChoiceField(choices=list(programming.KINDS)), required=False)
    classes = ClassShape(many=True, required=False)


class RulesIn(serializers.Serializer):
    """The next version of the rules: from when, and which figures change."""

    valid_from = serializers.DateField()
    figures = FiguresIn()


class ProgrammeOut(serializers.ModelSerializer):
    """A programme."""

    class Meta:
        model = Programme
        fields = ["id", "name", "name_en", "created_at"]


class ProgrammeIn(serializers.Serializer):
    """A new programme's two names."""

    name = serializers.CharField(max_length=120)
    name_en = serializers.CharField(max_length=120)


class CallOut(serializers.ModelSerializer):
    """A call for needs."""

    class Meta:
        model = Call
        fields = ["id", "rules_id", "title", "title_en", "opens_at", "closes_at"]


class CallIn(serializers.Serializer):
    """A new call for needs."""

    title = serializers.CharField(max_length=160)
    title_en = serializers.CharField(max_length=160)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()


@reads(ProgrammeOut, many=True)
def list_programmes(asked: Asked) -> QuerySet[Programme]:
    """The programmes of the city, the newest first."""
    require(may_read_programmes(asked.by))
    return programming.programmes()


@acts(ProgrammeIn, gives=ProgrammeOut, status=201, repeatable=True)
def create_programme(asked: Asked) -> Programme:
    """Set up a programme with the shipped rules."""
    return actions.create_programme(**asked.given, by=asked.by, now=asked.now)


@reads(RulesOut, many=True)
def list_rules(asked: Asked, pk: UUID) -> QuerySet[Rules]:
    """The versions of a programme's rules, the last first."""
    require(may_read_programmes(asked.by))
    programme = find(Programme.objects.all(), pk=pk)
    return programming.one_version().filter(programme=programme).order_by("-version")


@acts(RulesIn, gives=RulesOut, status=201)
def adopt_rules(asked: Asked, pk: UUID) -> Rules:
    """Adopt the next version of a programme's rules."""
    made = actions.adopt_rules(pk, **asked.given, by=asked.by, now=asked.now)
    return programming.one_version().get(pk=made.pk)


@reads(RulesOut, public=True)
def show_rules(asked: Asked, pk: UUID) -> Rules:
    """One version of the rules; rules are public."""
    return find(programming.one_version(), pk=pk)


@acts(CallIn, gives=CallOut, status=201, repeatable=True)
def open_call(asked: Asked, pk: UUID) -> Call:
    """Announce a call for needs under one version of the rules."""
    return actions.open_call(pk, **asked.given, by=asked.by, now=asked.now)


@reads(CallOut, many=True, public=True)
def list_calls(asked: Asked) -> QuerySet[Call]:
    """Every call for needs, what closes last on top."""
    return programming.calls()
