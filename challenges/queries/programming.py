"""Programmes, their rules figure by figure, and their calls."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.models import Call, Programme, Rules, RulesClass, SealMode, ShareBase
from portal.models import DishonestyKind, Tie
from portal.show import in_english, listed, show_amount, show_number

LONG = 24
"""Characters from which a value may break over lines."""


@dataclass(frozen=True)
class Figure:
    """One figure of the rules: what it is called, its value, its unit."""

    word: object
    value: str
    unit: object = ""

    @property
    def is_long(self) -> bool:
        """Whether the value is a sentence or list that needs several lines."""
        return len(self.value) > LONG


@dataclass(frozen=True)
class Chapter:
    """Figures that belong together."""

    title: object
    figures: list[Figure]


UNITS = {
    "notice_working_days": gettext_lazy("working days"),
    "bidding_days": gettext_lazy("days"),
    "bids_least": gettext_lazy("bids"),
    "winners_most": gettext_lazy("bids"),
    "panel_least": gettext_lazy("experts"),
    "invitation_days": gettext_lazy("days"),
    "conflict_years": gettext_lazy("years"),
    "pass_mark": gettext_lazy("points"),
    "sheets_least": gettext_lazy("sheets"),
    "trim_from": gettext_lazy("sheets"),
    "files_most": gettext_lazy("files"),
    "file_most_mib": "MiB",
    "credit_check_days": gettext_lazy("days"),
    "share_flag_percent": "%",
    "share_block_percent": "%",
}

CHAPTERS = (
    (gettext_lazy("Money"), ("share_base",)),
    (gettext_lazy("Public notice"), ("notice_before_publishing", "notice_working_days")),
    (gettext_lazy("Bidding"), ("bidding_days", "bids_least", "winners_most", "seal_mode", "files_most", "file_most_mib", "file_kinds")),
    (gettext_lazy("Panel"), ("panel_least", "invitation_days", "conflict_years", "expert_classes")),
    (gettext_lazy("Scores"), ("pass_mark", "sheets_least", "trim_from", "tie_chain")),
    (gettext_lazy("Routing"), ("fields",)),
    (gettext_lazy("Credit"), ("credit_sites", "credit_check_days", "credit_gates", "dishonesty_bars")),
    (gettext_lazy("Affiliations"), ("share_flag_percent", "share_block_percent", "affiliation_blocks")),
)

TIES = {
    "technical": gettext_lazy("technical sub-score"),
    "price": gettext_lazy("lower price"),
    "vote": gettext_lazy("vote of the panel"),
    "draw": gettext_lazy("draw"),
}

STEPS = {
    "recommend_need": gettext_lazy("recommend a need"),
    "publish_board": gettext_lazy("publish a board"),
    "qualify_bid": gettext_lazy("qualify a bid"),
    "check_application": gettext_lazy("formal check of an application"),
    "approve_project": gettext_lazy("approve an award"),
    "sign_taskbook": gettext_lazy("sign a task book"),
    "verify_claim": gettext_lazy("check a claim"),
    "prepare_payment": gettext_lazy("prepare a payment"),
}
"""The steps that rules may close where credit is not in order."""

KINDS = {"application/pdf": "PDF", "image/png": "PNG", "image/jpeg": "JPEG"}


class Bound(Protocol):
    """A row that is bound by one version of the rules: a need, a panel, a call, a round, a project."""

    rules_id: UUID


def programme_of(case: Bound) -> UUID:
    """The programme to which a row belongs, by the rules that bind it."""
    return _programme_of(case.rules_id)


@cache
def _programme_of(rules_id: UUID) -> UUID:
    """Kept once read, since a version of the rules never moves to another programme."""
    return Rules.objects.values_list("programme_id", flat=True).get(pk=rules_id)


def programmes() -> QuerySet[Programme]:
    """Every programme, the newest first, with the number of its versions."""
    return Programme.objects.annotate(versions=Count("rules")).order_by("-created_at", "-pk")


def versions_of(programme: Programme) -> QuerySet[Rules]:
    """The versions of a programme's rules, the last first, with the number of calls under each."""
    return programme.rules.annotate(calls_made=Count("calls")).order_by("-version")


def calls() -> QuerySet[Call]:
    """Every call, what closes last on top; calls are public."""
    return Call.objects.select_related("rules__programme").order_by("-closes_at", "-pk")


def open_calls(now: datetime) -> QuerySet[Call]:
    """Calls in which needs may be handed in now, what closes first on top."""
    return calls().filter(opens_at__lte=now, closes_at__gte=now).order_by("closes_at", "pk")


def one_version() -> QuerySet[Rules]:
    """Versions of the rules with classes and rubrics at hand."""
    classes = RulesClass.objects.order_by("-cap_fen", "code")
    return Rules.objects.select_related("programme").prefetch_related(Prefetch("classes", classes), "rubrics__criteria")


def chapters_of(rules: Rules) -> list[Chapter]:
    """Every figure of a version with its unit, in the reader's language."""
    return [Chapter(title, [_figure(rules, name) for name in names]) for title, names in CHAPTERS]


def classes_of(rules: Rules) -> list[Chapter]:
    """The terms of each class of projects."""
    return [
        Chapter(
            str(terms),
            [
                Figure(_("Most city money for a project"), show_amount(terms.cap_fen, unit=True)),
                Figure(_("City money, at most of the total"), show_number(terms.most_percent), "%"),
                Figure(_("Poster's own money, at least of the total"), show_number(terms.least_percent), "%"),
                Figure(_("Longest period"), str(terms.months_most), _("months")),
                Figure(_("Board numbers"), terms.number_format.format(year=2026, number=7)),
            ],
        )
        for terms in rules.classes.all()
    ]


def _figure(rules: Rules, name: str) -> Figure:
    label = Rules._meta.get_field(name).verbose_name
    return Figure(label, _value(name, getattr(rules, name)), UNITS.get(name, ""))


def _value(name: str, value: object) -> str:
    match name:
        case "notice_before_publishing":
            return _("yes") if value else _("no")
        case "share_base":
            return str(ShareBase(value).label)
        case "seal_mode":
            return str(SealMode(value).label)
        case "tie_chain":
            return listed(TIES.get(each, each) for each in value)
        case "file_kinds":
            return listed(KINDS.get(each, each) for each in value)
        case "credit_gates":
            return listed(STEPS.get(each, each) for each in value)
        case "dishonesty_bars":
            return listed(DishonestyKind(each).label for each in value)
        case "affiliation_blocks":
            return listed(Tie(each).label for each in value)
        case "share_flag_percent" | "share_block_percent":
            return show_number(value)
        case "fields" | "expert_classes" | "credit_sites":
            return listed(_worded(value))
        case "pass_mark":
            return show_number(value)
    return str(value)


def _worded(rows: Iterable[Mapping[str, str]]) -> list[str]:
    return [row["name_en"] if in_english() else row["name"] for row in rows]
