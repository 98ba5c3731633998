"""Jobs of city money: payment lists, reminders, ends of notices."""

from datetime import timedelta

from celery import shared_task

from challenges.tasks import for_each
from funding.actions import deciding, disbursing, reminding
from funding.policy.paying import CLAIM_REMINDER_DAYS, MILESTONE_REMINDER_DAYS
from funding.queries import instalments, milestones, rounds
from portal.clock import CLOCK, china_date, portal_now


@shared_task(name="funding.end_due_award_notices")
def end_due_award_notices() -> None:
    """Every minute: end each notice of proposed awards whose last day is over."""
    now = portal_now()
    for_each(
        rounds.due_award_notices(now).values_list("pk", flat=True), lambda pk: deciding.end_award_notice(pk, by=CLOCK, now=now)
    )


@shared_task(name="funding.send_due_payments")
def send_due_payments() -> None:
    """Every minute: put approved payments into a payment list for the treasury."""
    disbursing.send_payments(by=CLOCK, now=portal_now())


@shared_task(name="funding.remind")
def remind() -> None:
    """Every ten minutes: milestones that come due, instalments that may be claimed, payments without an answer."""
    now = portal_now()
    soon = china_date(now) + timedelta(days=MILESTONE_REMINDER_DAYS)
    claimable = now - timedelta(days=CLAIM_REMINDER_DAYS)
    for_each(milestones.due_by(soon).values_list("pk", flat=True), lambda pk: reminding.remind_of_milestone(pk, now=now))
    for_each(
        instalments.claimable_since(claimable).values_list("pk", flat=True),
        lambda pk: reminding.remind_of_claim(pk, now=now),
    )
    for_each(instalments.unanswered().values_list("pk", flat=True), lambda pk: reminding.warn_of_unanswered(pk, now=now))
