"""Decisions made outside the portal: recorded with document number and scan, confirmed by a second person."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from challenges.locks import next_number
from challenges.permissions.standing import credit_in_order
from challenges.states import ObjectionState
from funding.actions.bookkeeping import post
from funding.locks import lock_decision, lock_projects, share_round
from funding.messages import decisions as messages
from funding.messages import projects as project_messages
from funding.models import AccountKind, Decision, DecisionItem, DecisionKind, Project
from funding.permissions.approving import may_confirm_decision, may_record_decision, places_of_decision
from funding.policy.defaults import NUMBER_FORMAT
from funding.queries.places import cases
from funding.queries.rounds import held_items, left_of, notices_of
from funding.states import ProjectState
from portal import vault
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Duty, Scope
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import Event, StoredFile, User
from portal.record import record
from portal.tell import tell
from portal.transition import move

DECIDED_ON = {
    DecisionKind.JOINT_REVIEW: (ProjectState.REVIEWED, ProjectState.PROPOSED),
    DecisionKind.GOVERNMENT: (ProjectState.IN_NOTICE,),
}
"""The states of the projects that each body decides on."""


@transaction.atomic
def record_decision(
    round_id: UUID,
    *,
    kind: DecisionKind,
    document_number: str,
    decided_on: date,
    items: Mapping[UUID, int],
    scan: tuple[str, bytes] | None = None,
    by: User,
    now: datetime,
) -> Decision:
    """Enter a decision with its document number, day, projects and amounts (fen), and a scan as (name, content).

    Nothing takes effect before a second person confirms. Raises NotAllowed, NotFound, Incomplete
    ``document_number_missing``, Refused ``decided_in_future``, ``nothing_proposed``,
    ``award_not_proposed``, ``award_over_proposal``, ``notice_not_over``, ``item_held``,
    ``objection_upheld``, Clash ``decision_recorded``.
    """
    opened = share_round(round_id)
    require(may_record_decision(by))
    number = document_number.strip()
    if not number:
        raise Incomplete("document_number_missing", field="document_number", missing=["document_number"])
    if len(number) > 80:
        raise Incomplete("too_long", field="document_number", length=len(number), most=80)
    if decided_on > china_date(now):
        raise Refused("decided_in_future", field="decided_on", decided_on=decided_on)
    if Decision.objects.filter(round=opened, kind=kind, document_number=number).exists():
        raise Clash("decision_recorded", field="document_number")
    projects = lock_projects(items)
    if not items:
        raise Refused("nothing_proposed")
    if len(projects) != len(items) or any(project.round_id != opened.pk for project in projects):
        raise NotFound()
    require(may_record_decision(by, projects))
    _check_items(kind, projects, items, now)
    decision = Decision.objects.create(
        round=opened,
        kind=kind,
        document_number=number,
        decided_on=decided_on,
        scan=_keep(scan, opened.rules, by, now),
        recorded_by=by,
        recorded_at=now,
    )
    take_duty(Duty.RECORDS_DECISION, Scope.DECISION.of(decision.pk), *cases(projects), by=by, now=now)
    DecisionItem.objects.bulk_create(
        DecisionItem(decision=decision, project_id=pk, amount_fen=amount) for pk, amount in items.items()
    )
    facts = {
        "round": str(opened.pk),
        "kind": str(kind),
        "items": {str(pk): amount for pk, amount in items.items()},
        "scan": decision.scan.sha256 if decision.scan else None,
    }
    event = record("decision.recorded", decision, by=by, facts=facts)
    tell(messages.DECISION_RECORDED, decision, because=event)
    return decision


@transaction.atomic
def confirm_decision(decision_id: UUID, *, by: User, now: datetime) -> Decision:
    """A second person confirms; an approval of the government takes effect for all its projects together.

    Each project gets its number and its award, and the money moves in the ledger from the
    appropriation to what is committed. When another round drew on the appropriation meanwhile, Refused
    ``budget_taken`` names what is left and nothing changes. Raises NotAllowed ``recorded_by_the_same``,
    WrongState on a second click, and what :func:`record_decision` raises about its items.
    """
    found = DecisionItem.objects.filter(decision_id=decision_id).values_list("project_id", "amount_fen")
    items = dict(found)
    projects = lock_projects(items)
    decision = lock_decision(decision_id)
    require(may_confirm_decision(by, decision))
    take_duty(Duty.CONFIRMS_DECISION, *places_of_decision(decision), by=by, now=now)
    _check_items(decision.kind, projects, items, now)
    decision.confirmed_by, decision.confirmed_at = by, now
    decision.save(update_fields=["confirmed_by", "confirmed_at"])
    event = record("decision.confirmed", decision, by=by, facts={"kind": str(decision.kind)})
    if decision.kind == DecisionKind.GOVERNMENT:
        _approve(decision, projects, items, by=by, now=now)
    tell(messages.DECISION_CONFIRMED, decision, because=event)
    return decision


def _check_items(kind: str, projects: list[Project], items: Mapping[UUID, int], now: datetime) -> None:
    """Every project waits for this decision, its notice is over, nothing holds it, credit is in order, it gets what was shown."""
    notices, held = notices_of(projects), held_items(items)
    for project in projects:
        if project.state not in DECIDED_ON[kind]:
            raise Refused("award_not_proposed", title=project.title)
        if items[project.pk] <= 0:
            raise Refused("amount_not_positive", field="amount_fen")
        most = project.city_fen if project.proposed_fen is None else project.proposed_fen
        if items[project.pk] > most:
            raise Refused(
                "award_over_proposal", title=project.title, proposed_fen=most, amount_fen=items[project.pk]
            )
        if kind != DecisionKind.GOVERNMENT:
            continue
        notice = notices[project.pk]
        if notice.ended_at is None:
            raise Refused("notice_not_over", title=project.title, ends_on=notice.ends_on)
        if state := held.get(project.pk):
            raise Refused("objection_upheld" if state == ObjectionState.UPHELD else "item_held", title=project.title)
        sides = [project.poster_id, project.bidder_id]
        require(credit_in_order("approve_project", project.rules, sides, on=china_date(now)))


def _approve(decision: Decision, projects: list[Project], items: Mapping[UUID, int], *, by: User, now: datetime) -> None:
    """Give every project its number and award, and commit the money, in the order of the ids."""
    appropriation = decision.round.appropriation_id
    asked_fen, taken_fen = sum(items.values()), 0
    for project in projects:
        year = china_date(now).year
        series = NUMBER_FORMAT.partition("{number")[0].format(year=year)
        project.award_fen, project.approved_at = items[project.pk], now
        project.number = NUMBER_FORMAT.format(year=year, number=next_number(series))
        event = move(
            project,
            to=ProjectState.APPROVED,
            by=by,
            also=["award_fen", "approved_at", "number"],
            facts={"decision": str(decision.pk), "award_fen": project.award_fen},
        )
        try:
            _commit(project, appropriation, event, by=by, now=now)
        except Refused as refusal:
            if refusal.code != "account_overdrawn":
                raise
            raise Refused("budget_taken", left_fen=left_of(appropriation) + taken_fen, asked_fen=asked_fen) from None
        taken_fen += project.award_fen
        tell(project_messages.PROJECT_APPROVED, project, because=event)


def _commit(project: Project, appropriation: UUID, event: Event, *, by: User, now: datetime) -> None:
    post(
        f"award:{project.pk}",
        kind="commitment",
        lines={
            (AccountKind.APPROPRIATION, appropriation): -project.award_fen,
            (AccountKind.COMMITTED, project.pk): project.award_fen,
        },
        by=by,
        now=now,
        project=project,
        because=event,
    )


def _keep(scan: tuple[str, bytes] | None, rules, by: User, now: datetime) -> StoredFile | None:
    """The scan in the vault, under the kinds and sizes of the rules."""
    if scan is None:
        return None
    name, content = scan
    kind = vault.kind_of(content, name=name, kinds=rules.file_kinds, most_mib=rules.file_most_mib)
    return vault.store(content, name=name[-200:], kind=kind, by=by, now=now)
