"""Applying for city money: begun from the signed agreement, written, and handed in by the poster."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from challenges.locks import lock_agreement
from challenges.models import Agreement, Challenge, RulesClass
from challenges.policy.eligibility import check_money, check_period
from funding.locks import lock_project, share_round
from funding.messages import projects as messages
from funding.models import Project, ProjectCost, ProjectIndicator
from funding.permissions.applying import may_save_application, may_start_application, may_submit_application
from funding.policy.application import check_costs, check_fields, check_uses, check_value, missing
from funding.policy.promises import falls_short
from funding.queries.places import cases
from funding.queries.projects import live_project, money_of, offers_of, promises_of
from funding.states import ProjectState
from portal import vault
from portal.actions.duties import take_duty
from portal.duties import Duty, Scope
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import StoredFile, User
from portal.record import record
from portal.tell import tell
from portal.transition import move


@transaction.atomic
def start_application(agreement_id: UUID, round_id: UUID, *, by: User, now: datetime) -> Project:
    """Begin an application on a signed agreement; what need, bid and agreement say already is filled in.

    Cap and shares are those of the round's rules and stay with the project. Raises NotAllowed
    (``round_not_open``, ``round_closed``), WrongState, Clash ``application_exists``, Refused ``unknown_class``.
    """
    opened = share_round(round_id)
    agreement = lock_agreement(agreement_id)
    require(may_start_application(by, agreement, opened, now=now))
    take_duty(Duty.ACTS_FOR_A_PARTY, Scope.CASE.of(agreement.bid.challenge_id), by=by, now=now)
    if live_project(agreement):
        raise Clash("application_exists", _("There is an application on this agreement already. Open it and go on there."))
    bid, challenge = agreement.bid, agreement.bid.challenge
    terms = RulesClass.objects.filter(rules_id=opened.rules_id, code=challenge.class_code).first()
    if terms is None:
        raise Refused("unknown_class", _("This round has no class of projects like that of the board."))
    project = Project.objects.create(
        round=opened,
        rules_id=opened.rules_id,
        agreement=agreement,
        challenge=challenge,
        poster_id=challenge.poster_id,
        bidder_id=bid.lead_id,
        class_code=terms.code,
        cap_fen=terms.cap_fen,
        most_percent=terms.most_percent,
        least_percent=terms.least_percent,
        title=challenge.title,
        months=agreement.months,
        total_fen=challenge.total_fen,
        own_fen=challenge.own_fen,
        city_fen=challenge.city_fen,
        other_fen=challenge.other_fen,
        created_at=now,
        created_by=by,
    )
    _write_costs(project, _first_costs(agreement, challenge))
    _write_indicators(project, offers_of(agreement))
    record("project.draft", project, by=by, facts={"round": str(opened.pk), "agreement": str(agreement.pk)})
    return project


@transaction.atomic
def save_application(
    project_id: UUID,
    *,
    fields: Mapping[str, object],
    costs: Sequence[Mapping[str, object]] | None = None,
    indicators: Mapping[UUID, Decimal] | None = None,
    version: int,
    by: User,
    now: datetime,
) -> Project:
    """Keep what was written: ``fields`` by column (amounts in fen), ``costs`` as rows, ``indicators`` by id.

    What is not named stays. ``version`` is the one the writer started from: when somebody saved
    since, Clash ``version_clash`` and nothing is overwritten; saving what is there already is quiet.
    Raises NotAllowed, WrongState, or Refused naming what cannot be kept.
    """
    project = lock_project(project_id)
    require(may_save_application(by, project))
    take_duty(Duty.ACTS_FOR_A_PARTY, *cases([project]), by=by, now=now)
    check_fields(fields)
    check_costs(costs or [])
    _check_indicators(project, indicators or {})
    if not _differs(project, fields, costs, indicators):
        return project
    if version != project.version:
        raise Clash(
            "version_clash",
            _(
                "Somebody saved this application after you opened it. Nothing was overwritten: what you typed is still "
                "here. Compare it with what is saved now, then save again."
            ),
            version=project.version,
        )
    for name, value in fields.items():
        setattr(project, name, value.strip() if isinstance(value, str) else value)
    project.version += 1
    project.save(update_fields=[*fields, "version"])
    if costs is not None:
        project.costs.all().delete()
        _write_costs(project, costs)
    if indicators is not None:
        project.indicators.all().delete()
        _write_indicators(project, indicators)
    record("project.saved", project, by=by, facts={"version": project.version})
    return project


@transaction.atomic
def attach_labour_contract(project_id: UUID, *, name: str, content: bytes, by: User, now: datetime) -> StoredFile:
    """Add the contract that shows the project lead to be employed by the poster; a new one takes its place.

    Raises NotAllowed, WrongState, or what the vault refuses: ``file_empty``, ``file_too_large``, ``file_kind``.
    """
    project = lock_project(project_id)
    require(may_save_application(by, project))
    take_duty(Duty.ACTS_FOR_A_PARTY, *cases([project]), by=by, now=now)
    rules = project.rules
    kind = vault.kind_of(content, name=name, kinds=rules.file_kinds, most_mib=rules.file_most_mib)
    stored = vault.store(content, name=name[-200:], kind=kind, by=by, now=now)
    project.labour_contract = stored
    project.version += 1
    project.save(update_fields=["labour_contract", "version"])
    record("project.labour_contract", project, by=by, facts={"file": str(stored.pk), "sha256": stored.sha256})
    return stored


@transaction.atomic
def submit_application(project_id: UUID, *, by: User, now: datetime) -> Project:
    """Hand the application in to the poster's district; from here on it does not change unless it is returned.

    Raises NotAllowed (``deadline_passed``), WrongState on a second click, Incomplete
    ``project_incomplete``, Refused with the money rule that is not kept, naming the largest possible
    city money, or with an indicator below what was agreed.
    """
    project = lock_project(project_id)
    require(may_submit_application(by, project, now=now))
    take_duty(Duty.ACTS_FOR_A_PARTY, *cases([project]), by=by, now=now)
    _require_complete(project)
    check_money(**money_of(project))
    check_period(project.months, most_months=_class_of(project).months_most)
    check_uses(total_fen=project.total_fen, uses_fen=sum(project.costs.values_list("amount_fen", flat=True)))
    _require_promises(project)
    project.submitted_at = now
    event = move(
        project, to=ProjectState.SUBMITTED, by=by, also=["submitted_at"], facts={"version": project.version}
    )
    tell(messages.PROJECT_SUBMITTED, project, because=event)
    return project


def _first_costs(agreement: Agreement, challenge: Challenge) -> list[dict[str, object]]:
    """Two uses that are known: the agreement, and what the poster keeps for its own work."""
    rest = challenge.total_fen - agreement.amount_fen
    lines = [(gettext("Agreement with the bidder"), agreement.amount_fen), (gettext("The poster's own work"), rest)]
    return [{"purpose": purpose, "amount_fen": amount} for purpose, amount in lines if amount > 0]


def _write_costs(project: Project, costs: Sequence[Mapping[str, object]]) -> None:
    ProjectCost.objects.bulk_create(
        ProjectCost(project=project, position=place, purpose=row["purpose"].strip(), amount_fen=row["amount_fen"])
        for place, row in enumerate(costs, start=1)
    )


def _write_indicators(project: Project, indicators: Mapping[UUID, Decimal]) -> None:
    ProjectIndicator.objects.bulk_create(
        ProjectIndicator(project=project, indicator_id=indicator, value=value) for indicator, value in indicators.items()
    )


def _check_indicators(project: Project, indicators: Mapping[UUID, Decimal]) -> None:
    known = set(project.challenge.indicators.values_list("pk", flat=True)) if indicators else set()
    for indicator, value in indicators.items():
        if indicator not in known:
            raise NotFound("project_indicator_unknown")
        check_value(value, field="indicators")


def _differs(
    project: Project,
    fields: Mapping[str, object],
    costs: Sequence[Mapping[str, object]] | None,
    indicators: Mapping[UUID, Decimal] | None,
) -> bool:
    if any(getattr(project, name) != (value.strip() if isinstance(value, str) else value) for name, value in fields.items()):
        return True
    if costs is not None:
        given = [(row["purpose"].strip(), row["amount_fen"]) for row in costs]
        if given != list(project.costs.values_list("purpose", "amount_fen")):
            return True
    return indicators is not None and dict(indicators) != promises_of(project)


def _require_complete(project: Project) -> None:
    absent = list(
        missing(
            title=project.title,
            lead_person=project.lead_person,
            months=project.months,
            labour_contract=project.labour_contract_id is not None,
            costs=project.costs.count(),
            indicators=project.indicators.count(),
            asked=project.challenge.indicators.count(),
        )
    )
    if absent:
        raise Incomplete("project_incomplete", missing=absent, count=len(absent))


def _require_promises(project: Project) -> None:
    """Every indicator at least as agreed with the bidder."""
    offers = offers_of(project.agreement)
    for line in project.indicators.select_related("indicator"):
        agreed = offers.get(line.indicator_id)
        if agreed is not None and falls_short(line.indicator.comparator, agreed, line.value):
            raise Refused(
                "project_indicator_below_bid",
                field="indicators",
                indicator=line.indicator.name,
                offered=f"{agreed.normalize():f}",
                value=f"{line.value.normalize():f}",
            )


def _class_of(project: Project) -> RulesClass:
    return RulesClass.objects.get(rules_id=project.rules_id, code=project.class_code)
