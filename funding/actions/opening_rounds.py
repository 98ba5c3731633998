"""City money is made available, and a round opens in which signed pairs apply for it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.actions.programming import write_rubric
from challenges.models import PanelPurpose, Rules
from funding.actions.bookkeeping import TREASURY_OWNER, post
from funding.models import AccountKind, Appropriation, FundingRules, Round
from funding.permissions.opening_rounds import may_open_round, may_record_appropriation
from funding.policy.defaults import FUNDING, PROJECT_RUBRIC
from portal.clock import china_date
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import User
from portal.record import record

FIRST_YEAR, LAST_YEAR = 2000, 2100


@transaction.atomic
def record_appropriation(
    *,
    budget_year: int,
    document_number: str,
    function_code: str,
    economic_code: str,
    amount_fen: int,
    by: User,
    now: datetime,
) -> Appropriation:
    """Enter city money that was made available, with its codes; the ledger holds the amount from here on.

    Raises NotAllowed, Incomplete ``appropriation_incomplete``, Refused ``amount_not_positive`` or
    ``budget_year_unlikely``, Clash ``appropriation_recorded``.
    """
    require(may_record_appropriation(by))
    words = {
        "document_number": document_number.strip(),
        "function_code": function_code.strip(),
        "economic_code": economic_code.strip(),
    }
    for field, word in words.items():
        most = Appropriation._meta.get_field(field).max_length
        if not word:
            raise Incomplete("field_missing", field=field, missing=[field])
        if len(word) > most:
            raise Incomplete("too_long", field=field, length=len(word), most=most)
    if amount_fen <= 0:
        raise Refused("amount_not_positive", field="amount_fen")
    if not FIRST_YEAR <= budget_year <= LAST_YEAR:
        raise Refused("budget_year_unlikely", _("%(year)s is not a budget year."), field="budget_year", year=budget_year)
    if Appropriation.objects.filter(document_number=words["document_number"]).exists():
        raise Clash("appropriation_recorded", _("This document is recorded already."), field="document_number")
    appropriation = Appropriation.objects.create(
        budget_year=budget_year, amount_fen=amount_fen, recorded_by=by, recorded_at=now, **words
    )
    event = record("appropriation.recorded", appropriation, by=by, facts={"amount_fen": amount_fen, "year": budget_year})
    post(
        f"appropriation:{appropriation.pk}",
        kind="appropriation",
        lines={
            (AccountKind.TREASURY, TREASURY_OWNER): -amount_fen,
            (AccountKind.APPROPRIATION, appropriation.pk): amount_fen,
        },
        by=by,
        now=now,
        because=event,
    )
    return appropriation


@transaction.atomic
def open_round(
    rules_id: UUID,
    appropriation_id: UUID,
    *,
    title: str,
    title_en: str,
    opens_at: datetime,
    closes_at: datetime,
    by: User,
    now: datetime,
) -> Round:
    """Announce a round of applications that draws on one appropriation, under one version of the rules.

    The first round of a version lays the shipped figures on city money and the rubric of the project
    review beside it. Raises NotAllowed, NotFound, Refused ``title_missing``,
    ``round_closes_before_it_opens``, ``deadline_passed_already`` or ``rules_not_valid_yet``.
    """
    require(may_open_round(by))
    rules = Rules.objects.filter(pk=rules_id).first()
    appropriation = Appropriation.objects.filter(pk=appropriation_id).first()
    if rules is None or appropriation is None:
        raise NotFound()
    require(may_open_round(by, rules))
    _check_round(rules, title, title_en, opens_at, closes_at, now)
    lay_beside(rules)
    opened = Round.objects.create(
        rules=rules,
        appropriation=appropriation,
        title=title.strip(),
        title_en=title_en.strip(),
        opens_at=opens_at,
        closes_at=closes_at,
        created_by=by,
        created_at=now,
    )
    facts = {"rules": str(rules.pk), "appropriation": str(appropriation.pk), "closes_at": closes_at.isoformat()}
    record("round.opened", opened, by=by, facts=facts)
    return opened


def lay_beside(rules: Rules) -> FundingRules:
    """What one version of the rules says about city money: as the version before, else as shipped; with its rubric.

    Of two rounds opened at once the second waits at the key of the first one's row.
    """
    before = FundingRules.objects.filter(rules__programme_id=rules.programme_id, rules__version__lt=rules.version)
    last = before.order_by("-rules__version").values(*FUNDING).first()
    funding, made = FundingRules.objects.get_or_create(rules=rules, defaults=last or FUNDING)
    if made and not rules.rubrics.filter(purpose=PanelPurpose.PROJECT_REVIEW).exists():
        write_rubric(rules, PROJECT_RUBRIC)
    return funding


def _check_round(
    rules: Rules, title: str, title_en: str, opens_at: datetime, closes_at: datetime, now: datetime
) -> None:
    if not title.strip() or not title_en.strip():
        raise Refused("title_missing", _("Give the round its title in Chinese and in English."), field="title")
    if closes_at <= opens_at:
        raise Refused(
            "round_closes_before_it_opens",
            _("The round would close at %(closes_at)s, not after it opens at %(opens_at)s. Choose a later deadline."),
            field="closes_at",
            opens_at=opens_at,
            closes_at=closes_at,
        )
    if closes_at <= now:
        raise Refused("deadline_passed_already", field="closes_at", closes_at=closes_at)
    if china_date(opens_at) < rules.valid_from:
        raise Refused(
            "rules_not_valid_yet",
            _("These rules take effect on %(valid_on)s, after the round opens. Choose an earlier version or a later day."),
            field="opens_at",
            valid_on=rules.valid_from,
        )
