"""The task book: drafted from application and rules, signed by the four parties, compiled into milestones and instalments."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from challenges.models import Indicator
from challenges.permissions.standing import affiliations_in_order, credit_in_order
from funding.actions.vetting_projects import require_reason
from funding.locks import lock_project, lock_taskbook
from funding.messages import taskbooks as messages
from funding.models import (
    Instalment,
    Milestone,
    Project,
    TaskBook,
    TaskBookSignature,
    TaskIndicator,
    TaskInstalment,
    TaskMilestone,
    TaskParty,
)
from funding.permissions.tasking import (
    OF_THE_PROJECT,
    SIGNS_FOR,
    duty_to_withdraw_taskbook,
    may_draft_taskbook,
    may_save_taskbook,
    may_send_taskbook,
    may_sign_taskbook,
    may_withdraw_taskbook,
)
from funding.policy.application import check_value
from funding.policy.instalments import check_instalments, last_day
from funding.policy.promises import falls_short
from funding.queries.places import cases
from funding.queries.projects import promises_of
from funding.queries.taskbooks import due_at, first_terms, live_of, text_of, written_out
from funding.states import ProjectState, TaskBookState
from portal.actions.duties import take_duty
from portal.clock import china_date
from portal.duties import Duty, Scope
from portal.kernel.errors import Clash, Incomplete, NotFound, Refused
from portal.kernel.verdict import require
from portal.models import User
from portal.record import record
from portal.tell import tell
from portal.transition import move

MOST_ROWS = 50
LONGEST = 20_000
Rows = Sequence[Mapping[str, object]]


@transaction.atomic
def draft_taskbook(project_id: UUID, *, by: User, now: datetime) -> TaskBook:
    """Draft the task book of an approved project: its indicators, the bid's milestones, the instalments of the rules.

    Raises NotAllowed, WrongState, Clash ``taskbook_exists``.
    """
    project = lock_project(project_id)
    require(may_draft_taskbook(by, project))
    take_duty(Duty.ACTS_FOR_A_PARTY, *cases([project]), by=by, now=now)
    if live_of(project):
        raise Clash("taskbook_exists", _("There is a task book of this project already. Open it and go on there."))
    terms = first_terms(project, china_date(now))
    taskbook = TaskBook.objects.create(
        project=project,
        version=project.taskbooks.count() + 1,
        starts_on=terms["starts_on"],
        ends_on=terms["ends_on"],
        created_at=now,
        created_by=by,
        due_at=due_at(project),
    )
    _write(taskbook, terms["indicators"], terms["milestones"], terms["instalments"])
    record("taskbook.drafted", taskbook, by=by, facts={"project": str(project.pk)}, case_id=project.challenge_id)
    return _hold(taskbook.pk)


@transaction.atomic
def save_taskbook(
    taskbook_id: UUID,
    *,
    starts_on: date,
    ends_on: date,
    terms: str = "",
    indicators: Mapping[UUID, Decimal],
    milestones: Rows,
    instalments: Rows,
    by: User,
    now: datetime,
) -> TaskBook:
    """Write the draft anew: period, terms, indicators by id, milestones and instalments in their order.

    Milestones hold ``title``, ``due_on``, ``deliverable`` and, together, ``indicator`` and ``target``;
    instalments ``trigger``, ``milestone_position`` and ``amount_fen``. Raises NotAllowed, WrongState,
    Refused ``taskbook_lower`` for an indicator below the application's, ``instalments_not_the_award``
    one fen off, and what else does not fit.
    """
    taskbook = _hold(taskbook_id)
    require(may_save_taskbook(by, taskbook))
    take_duty(Duty.ACTS_FOR_A_PARTY, *cases([taskbook.project]), by=by, now=now)
    _check_period(taskbook.project, starts_on, ends_on)
    if len(terms) > LONGEST:
        raise Incomplete("too_long", field="terms", length=len(terms), most=LONGEST)
    _check_indicators(taskbook.project, indicators)
    _check_milestones(taskbook.project, milestones, starts_on, ends_on)
    if len(instalments) > MOST_ROWS:
        raise Refused("too_many_rows", field="instalments", count=len(instalments), most=MOST_ROWS)
    check_instalments(instalments, award_fen=taskbook.project.award_fen, milestones=len(milestones))
    taskbook.starts_on, taskbook.ends_on, taskbook.terms = starts_on, ends_on, terms.strip()
    taskbook.save(update_fields=["starts_on", "ends_on", "terms"])
    for rows in (taskbook.indicators, taskbook.milestones, taskbook.instalments):
        rows.all().delete()
    _write(taskbook, indicators, milestones, instalments)
    record("taskbook.saved", taskbook, by=by, case_id=taskbook.project.challenge_id)
    return _hold(taskbook_id)


@transaction.atomic
def send_taskbook_to_sign(taskbook_id: UUID, *, by: User, now: datetime) -> TaskBook:
    """Freeze the task book under the SHA-256 of its canonical text and ask the four parties to sign.

    Raises NotAllowed, WrongState, Refused where it does not fit the application or the award.
    """
    taskbook = _hold(taskbook_id)
    require(may_send_taskbook(by, taskbook))
    take_duty(Duty.ACTS_FOR_A_PARTY, *cases([taskbook.project]), by=by, now=now)
    _check_whole(taskbook)
    taskbook.digest = sha256(text_of(taskbook)).hexdigest()
    event = move(
        taskbook,
        to=TaskBookState.SIGNING,
        by=by,
        also=["digest"],
        facts={"digest": taskbook.digest},
        case_id=taskbook.project.challenge_id,
    )
    tell(messages.TASKBOOK_TO_SIGN, taskbook, because=event)
    return taskbook


@transaction.atomic
def withdraw_taskbook_for_correction(taskbook_id: UUID, *, why: str, by: User, now: datetime) -> TaskBook:
    """Take a task book back to be corrected, with the reason; what was signed counts for the old text only.

    Raises NotAllowed, WrongState, Incomplete ``reason_missing``.
    """
    taskbook = _hold(taskbook_id)
    require(may_withdraw_taskbook(by, taskbook))
    take_duty(duty_to_withdraw_taskbook(by, taskbook.project), *cases([taskbook.project]), by=by, now=now)
    require_reason(why)
    event = move(taskbook, to=TaskBookState.DRAFT, by=by, why=why.strip(), case_id=taskbook.project.challenge_id)
    tell(messages.TASKBOOK_BACK, taskbook, because=event)
    return taskbook


@transaction.atomic
def sign_taskbook(taskbook_id: UUID, *, party: str, by: User, now: datetime) -> TaskBook:
    """Sign for one party; with the fourth signature the project is under way.

    Milestones and instalments are made from the text that was signed, so they cannot disagree.
    Raises NotAllowed (``taskbook_one_person_one_party``), WrongState (``taskbook_signed_already``).
    """
    taskbook = _hold(taskbook_id)
    require(may_sign_taskbook(by, taskbook, party))
    _check_sides(taskbook.project, party, china_date(now))
    if party in OF_THE_PROJECT:
        take_duty(Duty.ACTS_FOR_A_PARTY, *cases([taskbook.project]), by=by, now=now)
    take_duty(SIGNS_FOR[party], Scope.TASKBOOK.of(taskbook.pk), *cases([taskbook.project]), by=by, now=now)
    signature = TaskBookSignature.objects.create(taskbook=taskbook, party=party, digest=taskbook.digest, by=by, at=now)
    case = taskbook.project.challenge_id
    facts = {"party": str(party), "digest": taskbook.digest, "signature": str(signature.pk)}
    event = record("taskbook.signature", taskbook, by=by, facts=facts, case_id=case)
    if taskbook.signatures.filter(digest=taskbook.digest).count() < len(TaskParty):
        tell(messages.TASKBOOK_HALF_SIGNED, taskbook, because=event)
        return taskbook
    taskbook.signed_at = now
    move(taskbook, to=TaskBookState.SIGNED, by=by, also=["signed_at"], case_id=case)
    project = taskbook.project
    _compile(taskbook, project)
    project.starts_on, project.ends_on = taskbook.starts_on, taskbook.ends_on
    event = move(
        project,
        to=ProjectState.UNDER_WAY,
        by=by,
        also=["starts_on", "ends_on"],
        facts={"taskbook": str(taskbook.pk), "digest": taskbook.digest},
    )
    tell(messages.PROJECT_UNDER_WAY, taskbook, because=event)
    return taskbook


def _check_sides(project: Project, party: str, on: date) -> None:
    """Credit of both sides where the rules ask, and no affiliation left undecided when the district signs."""
    require(credit_in_order("sign_taskbook", project.rules, [project.poster_id, project.bidder_id], on=on))
    if party == TaskParty.DISTRICT:
        require(affiliations_in_order(project.agreement.bid, on=on))


def _hold(taskbook_id: UUID) -> TaskBook:
    """Hold a task book and, before it, its project."""
    project_id = TaskBook.objects.filter(pk=taskbook_id).values_list("project_id", flat=True).first()
    if project_id is None:
        raise NotFound()
    project = lock_project(project_id)
    lock_taskbook(taskbook_id)
    taskbook = written_out(TaskBook.objects.filter(pk=taskbook_id)).get()
    taskbook.project = project
    return taskbook


def _write(taskbook: TaskBook, indicators: Mapping[UUID, Decimal], milestones: Rows, instalments: Rows) -> None:
    TaskIndicator.objects.bulk_create(
        TaskIndicator(taskbook=taskbook, indicator_id=pk, value=value) for pk, value in indicators.items()
    )
    TaskMilestone.objects.bulk_create(
        TaskMilestone(
            taskbook=taskbook,
            position=position,
            title=row["title"].strip(),
            due_on=row["due_on"],
            deliverable=row["deliverable"].strip(),
            indicator_id=row.get("indicator"),
            target=row.get("target"),
        )
        for position, row in enumerate(milestones, start=1)
    )
    TaskInstalment.objects.bulk_create(
        TaskInstalment(
            taskbook=taskbook,
            position=position,
            trigger=row["trigger"],
            milestone_position=row.get("milestone_position"),
            amount_fen=row["amount_fen"],
        )
        for position, row in enumerate(instalments, start=1)
    )


def _compile(taskbook: TaskBook, project: Project) -> None:
    """Milestones and instalments of the project, row by row as they were signed."""
    milestones = {
        each.position: Milestone.objects.create(
            project=project,
            position=each.position,
            title=each.title,
            due_on=each.due_on,
            deliverable=each.deliverable,
            indicator_id=each.indicator_id,
            target=each.target,
        )
        for each in taskbook.milestones.all()
    }
    Instalment.objects.bulk_create(
        Instalment(
            project=project,
            position=each.position,
            trigger=each.trigger,
            milestone=milestones.get(each.milestone_position),
            planned_fen=each.amount_fen,
        )
        for each in taskbook.instalments.all()
    )


def _check_whole(taskbook: TaskBook) -> None:
    """A text that can be signed: complete indicators, milestones, and instalments that come to the award."""
    values = {line.indicator_id: line.value for line in taskbook.indicators.all()}
    _check_indicators(taskbook.project, values)
    milestones = list(taskbook.milestones.all())
    if not milestones:
        raise Incomplete("milestones_missing", field="milestones", missing=["milestones"])
    rows = taskbook.instalments.values("trigger", "milestone_position", "amount_fen")
    check_instalments(list(rows), award_fen=taskbook.project.award_fen, milestones=len(milestones))


def _check_period(project: Project, starts_on: date, ends_on: date) -> None:
    if ends_on <= starts_on:
        raise Refused("taskbook_period", field="ends_on", starts_on=starts_on, ends_on=ends_on)
    latest = last_day(starts_on, project.months)
    if ends_on > latest:
        raise Refused("taskbook_too_long", field="ends_on", months=project.months, latest_on=latest)


def _check_indicators(project: Project, values: Mapping[UUID, Decimal]) -> None:
    """Every indicator of the board has a value, and none is below what the application promises."""
    board: dict[UUID, Indicator] = {each.pk: each for each in project.challenge.indicators.order_by("position")}
    if set(values) - set(board):
        raise NotFound("taskbook_indicator_unknown")
    promised = promises_of(project)
    for pk, indicator in board.items():
        if pk not in values:
            raise Incomplete(
                "taskbook_indicator_missing", field="indicators", indicator=indicator.name, missing=["indicators"]
            )
        check_value(values[pk], field="indicators")
        if pk in promised and falls_short(indicator.comparator, promised[pk], values[pk]):
            raise Refused(
                "taskbook_lower",
                field="indicators",
                indicator=indicator.name,
                promised=f"{promised[pk].normalize():f}",
                value=f"{values[pk].normalize():f}",
            )


def _check_milestones(project: Project, rows: Rows, starts_on: date, ends_on: date) -> None:
    if not rows:
        raise Incomplete("milestones_missing", field="milestones", missing=["milestones"])
    if len(rows) > MOST_ROWS:
        raise Refused("too_many_rows", field="milestones", count=len(rows), most=MOST_ROWS)
    known = set(project.challenge.indicators.values_list("pk", flat=True))
    for position, row in enumerate(rows, start=1):
        at = {"field": "milestones", "position": position}
        title, deliverable = str(row.get("title") or ""), str(row.get("deliverable") or "")
        if not title.strip() or not deliverable.strip() or row.get("due_on") is None:
            raise Incomplete("milestone_incomplete", missing=["milestones"], **at)
        if len(title) > 120 or len(deliverable) > 300:
            raise Incomplete("too_long", field="milestones", length=max(len(title), len(deliverable)), most=120 if len(title) > 120 else 300)
        if not starts_on <= row["due_on"] <= ends_on:
            raise Refused("milestone_outside_taskbook", due_on=row["due_on"], starts_on=starts_on, ends_on=ends_on, **at)
        if (row.get("indicator") is None) != (row.get("target") is None):
            raise Refused("milestone_target_unclear", **at)
        if row.get("indicator") is not None:
            if row["indicator"] not in known:
                raise NotFound("taskbook_indicator_unknown")
            check_value(row["target"], field="milestones")
