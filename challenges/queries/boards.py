"""Boards: what everybody may read once a need is published, and the public list of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    F,
    IntegerField,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import JSONObject
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.models import Challenge, ChallengeFile, Indicator, PublicNotice, RulesClass
from challenges.states import ChallengeState
from portal.show import in_english, show_amount, show_day, show_left, show_number
from portal.show import listed as in_a_row
from portal.timing import urgency
from portal.tones import tone_of

OPEN, SOON, JUDGED, MATCHED, ENDED = "open", "soon", "judged", "matched", "ended"
PHASES = (OPEN, SOON, JUDGED, MATCHED, ENDED)
"""How the public list sorts boards: open for bids, opening soon, being judged, matched, ended."""

PHASE_WORDS = {
    OPEN: gettext_lazy("Open for bids"),
    SOON: gettext_lazy("Opening soon"),
    JUDGED: gettext_lazy("Closed, being judged"),
    MATCHED: gettext_lazy("Matched"),
    ENDED: gettext_lazy("Ended"),
}

JUDGED_STATES = (ChallengeState.CLOSED, ChallengeState.OPENED, ChallengeState.EVALUATED)
SIGNS = {"<=": "≤", ">=": "≥", "=": "="}
SHOWN_INDICATORS = 4
PAGE = 25


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: phases, classes and fields ticked, and words of the title, poster or number."""

    phases: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    words: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the list, in words; ``opens`` when ``at`` and ``left`` count to the opening."""

    pk: UUID
    number: str
    chip: tuple[str, str, str]
    title: str
    field: str
    poster: str
    indicators: str
    board_money: str
    city_money: str
    left: str
    urgency: str
    at: str
    opens: bool


@dataclass(frozen=True)
class Choice:
    """One tick: its code, its words, how many boards it would show, and whether it is ticked."""

    code: str
    word: object
    count: int
    ticked: bool


@dataclass(frozen=True)
class Facets:
    """How many boards each choice would show, the others staying as they are; and the sums of the open ones."""

    phases: Mapping[str, int]
    classes: Mapping[str, int]
    fields: Mapping[str, int]
    found: int
    open_count: int = 0
    open_total_fen: int = 0
    next_closes_at: datetime | None = None


def visible_to(user) -> QuerySet[Challenge]:
    """Published boards, for everybody; one that was withdrawn after its publication stays to be read."""
    withdrawn = Q(state=ChallengeState.WITHDRAWN, published_at__isnull=False)
    return Challenge.objects.filter(Q(state__in=ChallengeState.public(), published_at__isnull=False) | withdrawn)


def with_everything(user) -> QuerySet[Challenge]:
    """One board for its page: poster, rules and class, box, indicators, files and its last notice."""
    files = ChallengeFile.objects.select_related("file").order_by("file__created_at")
    notices = PublicNotice.objects.filter(challenge=OuterRef("pk")).order_by("-published_at")
    terms = RulesClass.objects.filter(rules_id=OuterRef("rules_id"), code=OuterRef("class_code"))
    return (
        visible_to(user)
        .select_related("poster__district", "rules", "box", "call")
        .prefetch_related("indicators", Prefetch("files", files))
        .annotate(
            notice_ends_on=Subquery(notices.values("ends_on")[:1]),
            class_name=Subquery(terms.values("name")[:1]),
            class_name_en=Subquery(terms.values("name_en")[:1]),
        )
    )


def page_of(user, wanted: Wanted, *, now: datetime, start: int) -> list[Challenge]:
    """One page of the list in one read, each board with its first indicators."""
    indicators = Indicator.objects.filter(challenge=OuterRef("pk")).order_by("position")[:SHOWN_INDICATORS]
    row = JSONObject(name="name", comparator="comparator", value="value", unit="unit")
    rows = listed(user, wanted, now=now).annotate(shown=ArraySubquery(indicators.values(asked=row)))
    return list(rows[start : start + PAGE])


def listed(user, wanted: Wanted, *, now: datetime) -> QuerySet[Challenge]:
    """The boards that fit: open ones by deadline, then those to come, then the others, newest first."""
    rows = _in_phase(_searched(visible_to(user), wanted.words), now).select_related("poster")
    rows = _chosen(rows, wanted).only(
        "number", "title", "state", "class_code", "field", "rules", "total_fen", "board_fen", "city_fen", "months",
        "opens_at", "closes_at", "published_at", "poster__name",
    )  # fmt: skip
    order = Case(*(When(phase=phase, then=place) for place, phase in enumerate(PHASES)), output_field=IntegerField())
    soonest = Case(When(phase__in=[OPEN, SOON], then="closes_at"), output_field=DateTimeField())
    rows = rows.annotate(place=order, soonest=soonest)
    return rows.order_by("place", F("soonest").asc(nulls_last=True), "-published_at", "-pk")


def facets_of(user, wanted: Wanted, *, now: datetime) -> Facets:
    """Counts for every choice, and the sums of the open boards, in one read of as many rows as there are choices."""
    boards = _in_phase(_searched(visible_to(user), wanted.words), now)
    groups = boards.order_by().values("phase", "class_code", "field").annotate(
        boards=Count("pk"), total=Sum("total_fen"), soonest=Min("closes_at")
    )  # fmt: skip
    phases, classes, fields, found = Counter(), Counter(), Counter(), 0
    open_count, open_total, soonest = 0, 0, None
    for group in groups:
        fits = (
            not wanted.phases or group["phase"] in wanted.phases,
            not wanted.classes or group["class_code"] in wanted.classes,
            not wanted.fields or group["field"] in wanted.fields,
        )
        phases[group["phase"]] += group["boards"] if fits[1] and fits[2] else 0
        classes[group["class_code"]] += group["boards"] if fits[0] and fits[2] else 0
        fields[group["field"]] += group["boards"] if fits[0] and fits[1] else 0
        found += group["boards"] if all(fits) else 0
        if group["phase"] == OPEN:
            open_count += group["boards"]
            open_total += group["total"]
            soonest = min(filter(None, (soonest, group["soonest"])))
    return Facets(phases, classes, fields, found, open_count, open_total, soonest)


def choices_of(facets: Facets, wanted: Wanted, classes: Sequence[RulesClass]) -> dict[str, list[Choice]]:
    """The ticks of the list: phases, classes, and fields in the words of the newest rules."""
    named = {row["code"]: row for terms in reversed(classes) for row in terms.rules.fields}
    return {
        "phases": [Choice(code, PHASE_WORDS[code], facets.phases.get(code, 0), code in wanted.phases) for code in PHASES],
        "classes": [
            Choice(
                terms.code,
                _("%(name)s (city at most %(most)s)")
                % {"name": terms, "most": show_amount(terms.cap_fen, places=0, unit=True)},
                facets.classes.get(terms.code, 0),
                terms.code in wanted.classes,
            )
            for terms in classes
        ],
        "fields": [
            Choice(code, _named(row), facets.fields.get(code, 0), code in wanted.fields)
            for code, row in named.items()
            if facets.fields.get(code) or code in wanted.fields
        ],
        "field_names": {code: _named(row) for code, row in named.items()},
    }


def class_words() -> list[RulesClass]:
    """Every class that any rules know, the largest cap first, in the words of the newest rules, with those rules."""
    newest = RulesClass.objects.select_related("rules").order_by("code", "-rules__valid_from", "-rules__created_at")
    return sorted(newest.distinct("code"), key=lambda terms: -terms.cap_fen)


def phase_of(board: Challenge, now: datetime) -> str:
    """The phase of one board by the clock, as the list has it."""
    if board.state == ChallengeState.PUBLISHED:
        if now < board.opens_at:
            return SOON
        return OPEN if now <= board.closes_at else JUDGED
    if board.state in JUDGED_STATES:
        return JUDGED
    return MATCHED if board.state == ChallengeState.MATCHED else ENDED


def last_page(found: int) -> int:
    """The number of the last page of a list of so many boards."""
    return max(1, -(-found // PAGE))


def page_number(asked: str | None, found: int) -> int:
    """The page that was asked for, as far as there is one."""
    return min(max(int(asked), 1), last_page(found)) if asked and asked.isdecimal() and len(asked) < 8 else 1


def chip_of(board: Challenge, phase: str) -> tuple[str, str, str]:
    """Word, tone and icon of a board's state by the clock: open only from its opening to its deadline."""
    if phase == SOON:
        return str(PHASE_WORDS[SOON]), "moving", "calendar"
    state = ChallengeState.CLOSED if board.state == ChallengeState.PUBLISHED and phase != OPEN else board.state
    return (str(ChallengeState(state).label), *tone_of(state))


def rows_of(boards: Sequence[Challenge], field_names: Mapping[str, str], *, now: datetime) -> list[Row]:
    """The lines of the list, everything worked out, so that its template only shows."""
    return [_row(board, field_names, now) for board in boards]


def _row(board: Challenge, field_names: Mapping[str, str], now: datetime) -> Row:
    at = {OPEN: board.closes_at, SOON: board.opens_at}.get(board.phase)
    return Row(
        pk=board.pk,
        number=board.number,
        chip=chip_of(board, board.phase),
        title=board.title,
        field=field_names.get(board.field, ""),
        poster=board.poster.name,
        indicators=in_a_row(_indicator(each) for each in board.shown),
        board_money=show_amount(board.board_fen, places=0) if board.board_fen is not None else "",
        city_money=show_amount(board.city_fen, places=0),
        left=show_left(at, now) if at else "",
        urgency=urgency(at, now) if board.phase == OPEN else "",
        at=f"{show_day(at or board.closes_at, year=False, weekday=True)} {localtime(at or board.closes_at):%H:%M}",
        opens=board.phase == SOON,
    )


def _indicator(each: Mapping[str, object]) -> str:
    value = show_number(Decimal(str(each["value"])))
    return f"{each['name']} {SIGNS[each['comparator']]} {value} {each['unit']}".strip()


def _named(row: Mapping[str, str]) -> str:
    return row["name_en"] if in_english() else row["name"]


def _searched(boards: QuerySet[Challenge], words: str) -> QuerySet[Challenge]:
    for word in words.split()[:6]:
        boards = boards.filter(Q(title__icontains=word) | Q(number__icontains=word) | Q(poster__name__icontains=word))
    return boards


def _chosen(boards: QuerySet[Challenge], wanted: Wanted) -> QuerySet[Challenge]:
    if wanted.phases:
        boards = boards.filter(phase__in=wanted.phases)
    if wanted.classes:
        boards = boards.filter(class_code__in=wanted.classes)
    if wanted.fields:
        boards = boards.filter(field__in=wanted.fields)
    return boards


def _in_phase(boards: QuerySet[Challenge], now: datetime) -> QuerySet[Challenge]:
    """Each board with its phase by the clock; whether a job has closed it already makes no difference."""
    published = Q(state=ChallengeState.PUBLISHED)
    phase = Case(
        When(published & Q(opens_at__gt=now), then=Value(SOON)),
        When(published & Q(closes_at__gte=now), then=Value(OPEN)),
        When(published | Q(state__in=JUDGED_STATES), then=Value(JUDGED)),
        When(state=ChallengeState.MATCHED, then=Value(MATCHED)),
        default=Value(ENDED),
        output_field=CharField(),
    )
    return boards.annotate(phase=phase)
