"""Needs: which of them a person may know of, and the lists people work from."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from challenges.models import Call, Challenge, ChallengeFile, RulesClass
from challenges.states import ChallengeState
from portal.models import District, Event, Organisation, Role
from portal.permissions import holds, reads_cases
from portal.queries.people import READERS, in_districts, in_programmes, powers_of
from portal.queries.profiles import profile_of
from portal.record import words_of
from portal.show import in_english


def visible_to(user) -> QuerySet[Challenge]:
    """Needs this person may know of: their organisations' own, and submitted ones by district or bureau.

    A reviewer sees the district's needs from submission on, the bureau's readers every submitted one.
    """
    powers = powers_of(user)
    seen = Q(poster_id__in=powers.views)
    if reads_cases(user) or holds(user, Role.DISTRICT):
        seen |= Q(submitted_at__isnull=False) & (of_bureau(user) | of_district(user))
    rows = Challenge.objects.filter(seen)
    return rows.exclude(state=ChallengeState.DRAFT) if user.is_authenticated and user.seen_by else rows


def of_bureau(user, *roles: Role, path: str = "") -> Q:
    """The cases of the programmes in which a person reads for the bureau, or holds ``roles``; ``path`` leads to the case."""
    return in_programmes(user, *(roles or READERS), path=f"{path}rules__programme")


def of_district(user, path: str = "") -> Q:
    """The cases of the districts that a person reviews; ``path`` leads to the case."""
    return in_districts(user, district=f"{path}poster__district", programme=f"{path}rules__programme")


def filled_in(challenge: Challenge) -> dict[str, object]:
    """What a need holds, by the names that completeness asks for."""
    return {
        **{name: getattr(challenge, name) for name in FIELDS},
        "indicators": list(challenge.indicators.all()),
    }


FIELDS = (
    "title",
    "class_code",
    "field",
    "background",
    "content",
    "scenario",
    "bidder_conditions",
    "ip_choice",
    "ip_terms",
    "contact",
    "months",
    "total_fen",
    "own_fen",
    "city_fen",
    "other_fen",
    "board_fen",
    "declared_unclassified",
    "declared_commitment",
)
"""What the poster writes into a need."""


def listed(user) -> QuerySet[Challenge]:
    """Needs for a list, what moved last on top: without their long texts, with poster, district, call and class."""
    rows = visible_to(user).select_related("poster__district", "call").only(
        "title", "number", "state", "class_code", "field", "rules", "total_fen", "city_fen", "created_at",
        "submitted_at", "published_at", "opens_at", "closes_at",
        "poster__name", "poster__district__name", "poster__district__name_en",
        "call__title", "call__title_en", "call__closes_at",
    )  # fmt: skip
    return rows.annotate(
        class_name=_class_word("name"), class_name_en=_class_word("name_en"), since=Greatest("created_at", "submitted_at", "pooled_at")
    ).order_by("-since", "-pk")


def chosen(rows: QuerySet[Challenge], wanted: Mapping[str, str]) -> QuerySet[Challenge]:
    """The rows that fit the filters: state, class, district (its code) and words of title, poster or number."""
    if wanted["state"] in ChallengeState.values:
        rows = rows.filter(state=wanted["state"])
    if wanted["class"]:
        rows = rows.filter(class_code=wanted["class"])
    if wanted["district"]:
        rows = rows.filter(poster__district__code=wanted["district"])
    for word in wanted["q"].split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(number__icontains=word) | Q(poster__name__icontains=word))
    return rows


def waiting_for(user) -> Q:
    """The needs that wait for this person: own drafts and returned ones, the district's queue, the bureau's."""
    powers = powers_of(user)
    waits = Q(poster_id__in=powers.edits, state__in=[ChallengeState.DRAFT, ChallengeState.RETURNED])
    if holds(user, Role.DISTRICT):
        waits |= Q(state=ChallengeState.SUBMITTED) & of_district(user)
    if holds(user, Role.OFFICER):
        waits |= Q(state__in=[ChallengeState.RECOMMENDED, ChallengeState.POOLED]) & of_bureau(user, Role.OFFICER)
    return waits


def with_everything(user) -> QuerySet[Challenge]:
    """One need for its page: poster, district, call, rules and class in one read."""
    return visible_to(user).select_related("poster__district", "call", "rules", "created_by").prefetch_related(
        "rules__classes", "indicators", Prefetch("files", ChallengeFile.objects.select_related("file").order_by("file__created_at"))
    )


def class_of(challenge: Challenge) -> RulesClass:
    """The class of a need, out of its rules."""
    return next(each for each in challenge.rules.classes.all() if each.code == challenge.class_code)


def field_of(challenge: Challenge) -> str:
    """The field of technology in the reader's language, or nothing."""
    for row in challenge.rules.fields:
        if row["code"] == challenge.field:
            return row["name_en"] if in_english() else row["name"]
    return ""


def class_words() -> list[RulesClass]:
    """The classes that any rules know, the largest cap first, in the words of the newest rules."""
    newest = RulesClass.objects.order_by("code", "-rules__valid_from", "-rules__created_at").distinct("code")
    return sorted(newest, key=lambda terms: -terms.cap_fen)


def districts() -> QuerySet[District]:
    """Every district."""
    return District.objects.all()


def may_write(user) -> bool:
    """Whether there is an organisation for which this person writes needs."""
    return bool(powers_of(user).edits)


def indicator_rows(challenge: Challenge) -> list[dict[str, object]]:
    """The indicators as they stand in a form."""
    columns = ("name", "comparator", "unit", "test_method")
    return [
        {**{name: getattr(each, name) for name in columns}, "value": f"{each.value.normalize():f}"}
        for each in challenge.indicators.all()
    ]


def words_of_withdrawal(challenge: Challenge) -> str:
    """The reason for which a case was withdrawn, for those who may know of the case."""
    if challenge.state != ChallengeState.WITHDRAWN:
        return ""
    event = Event.objects.filter(subject_id=challenge.pk, kind="challenge.withdrawn").order_by("-at").first()
    return words_of(event) if event else ""


def open_calls(*, now: datetime) -> QuerySet[Call]:
    """Calls in which a need may be started now, the one that closes first on top."""
    calls = Call.objects.filter(opens_at__lte=now, closes_at__gte=now).select_related("rules")
    return calls.prefetch_related("rules__classes").order_by("closes_at", "pk")


def posters_of(user) -> QuerySet[Organisation]:
    """The organisations for which a person may write needs."""
    powers = powers_of(user)
    return Organisation.objects.filter(pk__in=powers.edits - powers.inherited).order_by("name")


def contact_for(poster: Organisation) -> str:
    """Whom to ask about a new need: as the profile says, else as the poster wrote it last."""
    if known := profile_of(poster).contact_line:
        return known
    written = Challenge.objects.filter(poster=poster).exclude(contact="").order_by("-created_at", "pk")
    return written.values_list("contact", flat=True).first() or ""


def organisations_of(user) -> list[Organisation]:
    """The organisations a person acts for, those it may write for first."""
    powers = powers_of(user)
    if not powers.views:
        return []
    known = Organisation.objects.filter(pk__in=powers.views).order_by("name")
    return sorted(known, key=lambda each: each.pk not in powers.edits)


def last_saved(challenge: Challenge) -> Event | None:
    """The last save of a need, with who did it."""
    saves = Event.objects.filter(subject_id=challenge.pk, kind__in=["challenge.saved", "challenge.draft"])
    return saves.select_related("by", "on_behalf_of").order_by("-at").first()


def visible_files(user) -> QuerySet[ChallengeFile]:
    """Files of needs this person may know of, and of boards, which everybody may read."""
    known = visible_to(user).values("pk")
    return ChallengeFile.objects.filter(
        Q(challenge__published_at__isnull=False) | Q(challenge__in=known)
    ).select_related("file")


def _class_word(column: str) -> Subquery:
    terms = RulesClass.objects.filter(rules_id=OuterRef("rules_id"), code=OuterRef("class_code"))
    return Subquery(terms.values(column)[:1])
