"""What a claim rests on: its receipt, its task book, its objections, and who checked it."""

from collections.abc import Sequence

from challenges.models import Objection
from challenges.states import ObjectionState
from funding.models import Claim, Instalment, MilestoneReport, Project, Receipt, TaskBook, Trigger
from funding.policy.evidence import Fault, Slip, faults_of_slip
from funding.policy.paying import payable_after_payment
from funding.states import MilestoneState, ProjectState, TaskBookState
from portal.clock import china_date
from portal.models import Event


def slip_of(receipt: Receipt, project: Project, *, now) -> Slip:
    """A receipt beside what it should say."""
    return Slip(
        payer=receipt.payer,
        payee=receipt.payee,
        paid_on=receipt.paid_on,
        poster=project.poster.name,
        bidder=project.bidder.name,
        agreed_on=china_date(project.agreement.signed_at),
        today=china_date(now),
    )


def faults_of_claim(claim: Claim, instalment: Instalment, *, now) -> list[Fault]:
    """Everything that speaks against a claim today, the receipt first; none is well."""
    project, faults = instalment.project, []
    if instalment.trigger == Trigger.FIRST_PAYMENT:
        if claim.receipt is None:
            faults.append(("receipt_missing", {}))
        else:
            faults += faults_of_slip(slip_of(claim.receipt, project, now=now))
    if not taskbook_signed_at(project):
        faults.append(("taskbook_not_signed", {}))
    if open_objections(project):
        faults.append(("objection_open", {}))
    if not is_due(instalment):
        faults.append(("instalment_not_due", {"trigger": instalment.get_trigger_display()}))
    return faults


def payable_of(instalment: Instalment, receipt: Receipt | None) -> int:
    """What the city may pay on this evidence (fen)."""
    if instalment.trigger != Trigger.FIRST_PAYMENT:
        return instalment.planned_fen
    if receipt is None:
        return 0
    percent = instalment.project.rules.funding.first_paid_percent
    return payable_after_payment(
        planned_fen=instalment.planned_fen, paid_fen=receipt.amount_fen, most_percent=percent
    )


def is_due(instalment: Instalment) -> bool:
    """Whether what an instalment waits for has come: the first payment may come any day."""
    if instalment.trigger == Trigger.MILESTONE:
        return instalment.milestone is not None and instalment.milestone.state == MilestoneState.ACCEPTED
    if instalment.trigger == Trigger.ACCEPTANCE:
        return instalment.project.state in (ProjectState.ACCEPTED, ProjectState.FOLLOWED_UP)
    return True


def taskbook_signed_at(project: Project):
    """When the last of the four parties signed; None before."""
    books = TaskBook.objects.filter(project_id=project.pk, state=TaskBookState.SIGNED)
    return books.values_list("signed_at", flat=True).first()


def open_objections(project: Project) -> int:
    """How many objections to a project are not decided yet."""
    states = [ObjectionState.FILED, ObjectionState.ADMITTED]
    return Objection.objects.filter(item=project.pk, state__in=states).count()


def last_claim(instalment: Instalment) -> Claim | None:
    """The claim that counts: the newest."""
    return instalment.claims.select_related("receipt__file", "by").order_by("-at").first()


def verification_of(instalment: Instalment) -> Event | None:
    """The event by which an officer verified the claim that counts; who and when."""
    claim = instalment.claims.order_by("-at").values_list("pk", flat=True).first()
    events = Event.objects.filter(
        subject_id=instalment.pk, kind="instalment.verified", body__contains=f'"claim":"{claim}"'
    )
    return events.select_related("by", "on_behalf_of").first()


def accepted_report(instalment: Instalment) -> MilestoneReport | None:
    """The accepted report of the milestone that an instalment waits for."""
    if instalment.milestone_id is None:
        return None
    reports = MilestoneReport.objects.filter(milestone_id=instalment.milestone_id, decision__accepted=True)
    return reports.select_related("by", "decision__by").prefetch_related("evidence__file").first()


def files_of(instalment: Instalment, claim: Claim | None) -> Sequence[str]:
    """The SHA-256 of every file a claim rests on, in order."""
    files = [claim.receipt.file.sha256] if claim and claim.receipt else []
    report = accepted_report(instalment)
    if report:
        files += [each.file.sha256 for each in report.evidence.all()]
    return sorted(files)
