"""Setting up a programme: its first rules, the next version of them, and a call for needs."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from challenges.models import Call, Criterion, Programme, Rubric, Rules, RulesClass
from challenges.permissions.programming import may_adopt_rules, may_create_programme, may_open_call
from challenges.policy.defaults import BID_RUBRIC, CLASSES, RULES
from portal.actions.standing import know_sites
from portal.clock import china_date
from portal.kernel.errors import Clash, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import User
from portal.record import record

BANDS = (("excellent", "优秀", "Excellent"), ("good", "良好", "Good"), ("fair", "一般", "Fair"), ("weak", "较差", "Weak"))
FIGURES = frozenset(RULES)
CLASS_COLUMNS = tuple(CLASSES[0])


@transaction.atomic
def create_programme(
    *,
    name: str,
    name_en: str,
    by: User,
    now: datetime,
    valid_from: date | None = None,
    figures: Mapping[str, object] | None = None,
) -> Programme:
    """Set up a programme with its first rules and their rubric.

    Version 1 is the shipped rules with ``figures`` changed (columns of the rules, and ``classes``
    to replace all classes), valid from today or from ``valid_from``, which may be past: a measure
    is often older than its portal. Raises NotAllowed, Refused ``name_missing``, ``unknown_figure``
    or ``figures_make_no_sense``.
    """
    require(may_create_programme(by))
    if not name.strip() or not name_en.strip():
        raise Refused("name_missing", _("Give the programme its name in Chinese and in English."), field="name")
    programme = Programme.objects.create(name=name.strip(), name_en=name_en.strip(), created_at=now, created_by=by)
    chosen = _known(figures or {})
    rules = _write_rules(
        programme.pk, 1, {**RULES, **chosen}, chosen.get("classes", CLASSES), valid_from or china_date(now), by, now
    )
    write_rubric(rules, BID_RUBRIC)
    record("programme.created", programme, by=by, facts={"rules": str(rules.pk), "version": 1})
    return programme


@transaction.atomic
def adopt_rules(
    programme_id: UUID, *, valid_from: date, figures: Mapping[str, object], by: User, now: datetime
) -> Rules:
    """Adopt the next version of a programme's rules: the last one with ``figures`` changed.

    ``figures`` are columns of the rules, and ``classes``: a list of classes that replaces the last
    version's. Boards and calls keep the version they began under. Raises NotAllowed, Refused
    ``unknown_figure``, ``rules_in_past`` or ``figures_make_no_sense``, Clash ``rules_that_day``.
    """
    require(may_adopt_rules(by, programme_id))
    last = Rules.objects.filter(programme_id=programme_id).order_by("-version").first()
    if last is None:
        raise NotFound()
    chosen = _known(figures)
    if valid_from < china_date(now):
        raise Refused(
            "rules_in_past",
            _("Rules cannot take effect on %(valid_on)s, which is past. Choose today or a later day."),
            field="valid_from",
            valid_on=valid_from,
        )
    columns = {**{name: getattr(last, name) for name in FIGURES}, **chosen}
    classes = chosen.get("classes") or last.classes.values(*CLASS_COLUMNS)
    rules = _write_rules(programme_id, last.version + 1, columns, classes, valid_from, by, now)
    _copy_rubrics(last, rules)
    record("rules.adopted", rules, by=by, facts={"version": rules.version, "valid_from": valid_from.isoformat()})
    return rules


@transaction.atomic
def open_call(
    rules_id: UUID, *, title: str, title_en: str, opens_at: datetime, closes_at: datetime, by: User, now: datetime
) -> Call:
    """Announce a call for needs under one version of the rules, from ``opens_at`` to ``closes_at``.

    Raises NotAllowed, Refused ``title_missing``, ``deadline_before_window``,
    ``deadline_passed_already`` or ``rules_not_valid_yet``.
    """
    rules = Rules.objects.filter(pk=rules_id).first()
    if rules is None:
        raise NotFound()
    require(may_open_call(by, rules.programme_id))
    if not title.strip() or not title_en.strip():
        raise Refused("title_missing", _("Give the call its title in Chinese and in English."), field="title")
    if closes_at <= opens_at:
        raise Refused(
            "call_closes_before_it_opens",
            _("The call would close at %(closes_at)s, not after it opens at %(opens_at)s. Choose a later deadline."),
            field="closes_at", opens_at=opens_at, closes_at=closes_at,
        )  # fmt: skip
    if closes_at <= now:
        raise Refused("deadline_passed_already", field="closes_at", closes_at=closes_at)
    if china_date(opens_at) < rules.valid_from:
        raise Refused(
            "rules_not_valid_yet",
            _("These rules take effect on %(valid_on)s, after the call opens. Choose an earlier version or a later day."),
            field="opens_at", valid_on=rules.valid_from,
        )  # fmt: skip
    call = Call.objects.create(
        rules=rules, title=title.strip(), title_en=title_en.strip(), opens_at=opens_at, closes_at=closes_at,
        created_at=now, created_by=by,
    )  # fmt: skip
    record("call.opened", call, by=by, facts={"rules": str(rules.pk), "closes_at": closes_at.isoformat()})
    return call


def _known(figures: Mapping[str, object]) -> Mapping[str, object]:
    if unknown := sorted(set(figures) - FIGURES - {"classes"}):
        raise Refused("unknown_figure", _("The rules have no figure “%(field)s”."), field=unknown[0])
    return figures


def _write_rules(
    programme_id: UUID,
    version: int,
    columns: Mapping[str, object],
    classes: Iterable[Mapping[str, object]],
    valid_from: date,
    by: User,
    now: datetime,
) -> Rules:
    """One version of the rules with its classes; the database says whether the figures make sense."""
    figures = {name: value for name, value in columns.items() if name in FIGURES}
    try:
        with transaction.atomic():
            rules = Rules.objects.create(
                programme_id=programme_id, version=version, valid_from=valid_from, created_at=now, created_by=by,
                **figures,
            )  # fmt: skip
            RulesClass.objects.bulk_create(RulesClass(rules=rules, **terms) for terms in classes)
            know_sites(rules.credit_sites, days=rules.credit_check_days)
    except IntegrityError as error:
        raise _refusal(error) from error
    return rules


def write_rubric(rules: Rules, shipped: Mapping[str, object]) -> Rubric:
    """Lay a shipped rubric beside one version of the rules, with its described bands."""
    columns = {name: value for name, value in shipped.items() if name != "criteria"}
    rubric = Rubric.objects.create(rules=rules, **columns)
    Criterion.objects.bulk_create(
        Criterion(
            rubric=rubric, position=position, name=name, name_en=name_en,
            weight_percent=weight, technical=technical, bands=_bands(weight, ends),
        )
        for position, (name, name_en, weight, technical, ends) in enumerate(shipped["criteria"], start=1)
    )  # fmt: skip
    return rubric


def _bands(weight: int, ends: tuple[int, ...]) -> list[dict[str, object]]:
    """The bands of a criterion from the best down: code, names, least and most points."""
    tops = (weight, *(Decimal(end) - Decimal("0.5") for end in ends))
    return [
        {"code": code, "name": name, "name_en": name_en, "least": str(least), "most": str(most)}
        for (code, name, name_en), least, most in zip(BANDS, (*ends, 0), tops, strict=True)
    ]


def _copy_rubrics(last: Rules, rules: Rules) -> None:
    for rubric in last.rubrics.prefetch_related("criteria"):
        copy = Rubric.objects.create(rules=rules, purpose=rubric.purpose, name=rubric.name, name_en=rubric.name_en)
        Criterion.objects.bulk_create(
            Criterion(
                rubric=copy, position=line.position, name=line.name, name_en=line.name_en,
                weight_percent=line.weight_percent, technical=line.technical, bands=line.bands,
            )
            for line in rubric.criteria.all()
        )  # fmt: skip


def _refusal(error: IntegrityError) -> Exception:
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
    if constraint in ("rules_one_version_a_day", "rules_version_once"):
        return Clash("rules_that_day", _("Another version of the rules takes effect on that day. Choose another day."))
    return Refused("figures_make_no_sense", _("These figures do not make sense together. Check them and try again."))
