"""Milestones: reported with words, a measured value and evidence; accepted or returned by the bureau."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from funding.locks import hold_milestone
from funding.messages import milestones as messages
from funding.models import Milestone, MilestoneDecision, MilestoneEvidence, MilestoneReport
from funding.permissions.reporting import may_accept_milestone, may_report_milestone
from funding.policy.meeting import meets_target
from funding.queries.places import cases
from funding.states import MilestoneState
from portal import vault
from portal.actions.duties import take_duty
from portal.duties import Duty, Scope
from portal.kernel.errors import Incomplete, Refused
from portal.kernel.verdict import require
from portal.models import Event, User
from portal.tell import tell
from portal.transition import move

LONGEST = 20_000
MOST_FILES = 20


@transaction.atomic
def report_milestone(
    milestone_id: UUID,
    *,
    text: str,
    measured: Decimal | None,
    files: Sequence[tuple[str, bytes]],
    by: User,
    now: datetime,
) -> MilestoneReport:
    """Report a milestone: what was done, what was measured, and files (name, content) that prove it.

    Raises NotAllowed, WrongState, Incomplete (``report_empty``, ``measured_missing``,
    ``evidence_missing``), Refused ``too_many_evidence_files``, or what the vault refuses of a file.
    """
    milestone = hold_milestone(milestone_id)
    require(may_report_milestone(by, milestone))
    take_duty(Duty.ACTS_FOR_A_PARTY, *cases([milestone.project]), by=by, now=now)
    take_duty(Duty.REPORTS_MILESTONE, Scope.MILESTONE.of(milestone.pk), by=by, now=now)
    _text(text, "text", "report_empty", _("The report is empty. Write what was done."))
    if milestone.indicator_id and measured is None:
        raise Incomplete("measured_missing", field="measured", missing=["measured"])
    if not files:
        raise Incomplete("evidence_missing", field="files", missing=["files"])
    if len(files) > MOST_FILES:
        raise Refused("too_many_evidence_files", most=MOST_FILES, field="files")
    report = MilestoneReport.objects.create(milestone=milestone, text=text.strip(), measured=measured, by=by, at=now)
    hashes = [_keep(report, name, content, by=by, now=now) for name, content in files]
    facts = {"report": str(report.pk), "evidence": hashes, "measured": str(measured) if measured is not None else None}
    event = _step(milestone, MilestoneState.REPORTED, by=by, facts=facts)
    tell(messages.MILESTONE_REPORTED, milestone, because=event)
    return report


@transaction.atomic
def accept_milestone(milestone_id: UUID, *, by: User, now: datetime) -> Milestone:
    """Accept a reported milestone; the instalment that waits for it may be claimed.

    Raises NotAllowed (``reported_by_yourself``), WrongState, Refused ``target_missed``.
    """
    milestone = hold_milestone(milestone_id)
    require(may_accept_milestone(by, milestone))
    take_duty(Duty.DECIDES_ON_MILESTONE, *cases([milestone.project]), Scope.MILESTONE.of(milestone.pk), by=by, now=now)
    report = _open_report(milestone)
    indicator = milestone.indicator
    if indicator and not meets_target(report.measured, indicator.comparator, milestone.target):
        raise Refused(
            "target_missed",
            measured=f"{report.measured.normalize():f}",
            comparator=indicator.comparator,
            target=f"{milestone.target.normalize():f} {indicator.unit}",
        )
    MilestoneDecision.objects.create(report=report, accepted=True, by=by, at=now)
    event = _step(milestone, MilestoneState.ACCEPTED, by=by, facts={"report": str(report.pk)})
    tell(messages.MILESTONE_ACCEPTED, milestone, because=event)
    return milestone


@transaction.atomic
def return_milestone(milestone_id: UUID, *, why: str, by: User, now: datetime) -> Milestone:
    """Send a report back with the reason.

    Raises NotAllowed (``reported_by_yourself``), WrongState, Incomplete ``reason_missing``.
    """
    milestone = hold_milestone(milestone_id)
    require(may_accept_milestone(by, milestone))
    take_duty(Duty.DECIDES_ON_MILESTONE, *cases([milestone.project]), Scope.MILESTONE.of(milestone.pk), by=by, now=now)
    _text(why, "why", "reason_missing", _("A reason is missing. Write what is to be corrected."))
    report = _open_report(milestone)
    MilestoneDecision.objects.create(report=report, accepted=False, reason=why.strip(), by=by, at=now)
    event = _step(milestone, MilestoneState.RETURNED, by=by, why=why.strip(), facts={"report": str(report.pk)})
    tell(messages.MILESTONE_RETURNED, milestone, because=event)
    return milestone


def _keep(report: MilestoneReport, name: str, content: bytes, *, by: User, now: datetime) -> str:
    rules = report.milestone.project.rules
    kind = vault.kind_of(content, name=name, kinds=rules.file_kinds, most_mib=rules.file_most_mib)
    stored = vault.store(content, name=name[-200:], kind=kind, by=by, now=now)
    MilestoneEvidence.objects.create(report=report, file=stored)
    return stored.sha256


def _open_report(milestone: Milestone) -> MilestoneReport:
    return milestone.reports.get(decision__isnull=True)


def _step(milestone: Milestone, to: str, **options) -> Event:
    return move(milestone, to=to, case_id=milestone.project.challenge_id, **options)


def _text(text: str, field: str, code: str, empty: object) -> None:
    if not text.strip():
        raise Incomplete(code, empty, field=field, missing=[field])
    if len(text) > LONGEST:
        raise Incomplete("too_long", length=len(text), most=LONGEST, field=field)
