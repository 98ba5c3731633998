"""What a claim rests on: its receipt, its task book, its objections, and who checked it."""

from collections.abc import Sequence
from datetime import date

from challenges.models import Objection
from challenges.states import ObjectionState
from funding.models import BankAccount, Claim, Instalment, MilestoneReport, Payment, Project, Receipt, TaskBook, Trigger
from funding.policy.evidence import Fault, Slip, faults_of_slip
from funding.policy.paying import payable_after_payment
from funding.states import MilestoneState, ProjectState, TaskBookState
from portal.clock import china_date
from portal.kernel.naming import Known, Naming, naming_for
from portal.models import Event
from portal.queries.namings import namings_of
from portal.queries.settings import setting


def slip_of(receipt: Receipt, project: Project, *, now) -> Slip:
    """A receipt beside what it should say; former names and successors count as the bureau confirmed them."""
    names = namings_of([project.poster_id, project.bidder_id])
    return Slip(
        payer=receipt.payer,
        payee=receipt.payee,
        paid_on=receipt.paid_on,
        poster=project.poster.name,
        bidder=project.bidder.name,
        agreed_on=china_date(project.agreement.signed_at),
        today=china_date(now),
        poster_names=names[project.poster_id],
        bidder_names=names[project.bidder_id],
        late_days=setting("former_name_days"),
    )


def holder_of(account: BankAccount, on: date) -> Naming | None:
    """By which of its names an organisation holds its account on a day; None when it is not in its name any more."""
    names = namings_of([account.organisation_id])[account.organisation_id]
    return naming_for(account.holder, names, on, late_days=setting("former_name_days"))


def other_names(payment: Payment, claim: Claim | None) -> list[dict[str, str]]:
    """The names on receipt and account that are not the present ones, and why they count; nothing as a rule."""
    prepared_on = china_date(payment.prepared_at)
    found = {"holder": (payment.account.holder, holder_of(payment.account, prepared_on))}
    if claim and claim.receipt:
        slip = slip_of(claim.receipt, payment.instalment.project, now=payment.prepared_at)
        found |= {"payer": (slip.payer, slip.payer_as), "payee": (slip.payee, slip.payee_as)}
    return [
        {"on": on, "said": said, "known": str(naming.known), "of": naming.of, "changed_on": naming.changed_on.isoformat()}
        for on, (said, naming) in sorted(found.items())
        if naming and naming.known != Known.PRESENT
    ]


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
