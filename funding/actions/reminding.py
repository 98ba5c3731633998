"""Reminders that the clock gives, each once: a milestone comes due, an instalment may be claimed, a payment has no answer."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from funding.locks import hold_instalment, hold_milestone, hold_payment
from funding.messages.instalments import CLAIM_DUE
from funding.messages.milestones import MILESTONE_DUE
from funding.messages.payments import PAYMENT_UNANSWERED
from funding.policy.paying import UNANSWERED_WORKING_DAYS
from funding.queries.milestones import OPEN
from funding.states import InstalmentState, PaymentState
from portal.clock import CLOCK, china_date
from portal.kernel.calendar import period_end
from portal.models import Event
from portal.record import record
from portal.tell import Kind, tell


@transaction.atomic
def remind_of_milestone(milestone_id: UUID, *, now: datetime) -> None:
    """Tell both sides that a milestone comes due; quiet when they were told or it is reported."""
    milestone = hold_milestone(milestone_id)
    if milestone.state in OPEN:
        _once("milestone.due", milestone, MILESTONE_DUE, milestone.project.challenge_id)


@transaction.atomic
def remind_of_claim(instalment_id: UUID, *, now: datetime) -> None:
    """Tell the poster that an instalment may be claimed; quiet when it was told or has claimed."""
    instalment = hold_instalment(instalment_id)
    if instalment.state == InstalmentState.PLANNED:
        _once("instalment.due", instalment, CLAIM_DUE, instalment.project.challenge_id)


@transaction.atomic
def warn_of_unanswered(payment_id: UUID, *, now: datetime) -> None:
    """Tell the reconcilers that the treasury has not answered for working days; quiet when they were told or it has.

    Raises UnknownYear where the holiday table of the year is not entered.
    """
    payment = hold_payment(payment_id)
    if payment.state != PaymentState.SENT:
        return
    last_day = period_end(china_date(payment.sent_at) + timedelta(days=1), UNANSWERED_WORKING_DAYS)
    if china_date(now) > last_day:
        _once("payment.unanswered", payment, PAYMENT_UNANSWERED, payment.instalment.project.challenge_id)


def _once(kind: str, subject: Model, message: Kind, case_id: UUID) -> None:
    """One event of this kind per subject, whose row the caller holds, and its messages."""
    if Event.objects.filter(subject_id=subject.pk, kind=kind).exists():
        return
    tell(message, subject, because=record(kind, subject, by=CLOCK, case_id=case_id))
