"""Jobs of city money: payment lists, reminders, ends of notices."""

from datetime import timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.utils import translation

from challenges.tasks import for_each
from funding.actions import deciding, disbursing, giving_up, reminding
from funding.gateways import inbox
from funding.policy.paying import CLAIM_REMINDER_DAYS, MILESTONE_REMINDER_DAYS
from funding.queries import instalments, milestones, projects, rounds
from portal.clock import CLOCK, china_date, portal_now
from portal.kernel.errors import Refused
from portal.words import sentence


@shared_task(name="funding.end_due_award_notices")
def end_due_award_notices() -> None:
    """Every minute: end each notice of proposed awards whose last day is over."""
    now = portal_now()
    for_each(
        rounds.due_award_notices(now).values_list("pk", flat=True), lambda pk: deciding.end_award_notice(pk, by=CLOCK, now=now)
    )


@shared_task(name="funding.lapse_taskbooks")
def lapse_taskbooks() -> None:
    """Every minute: count each award as given up whose task book was not signed in time."""
    now = portal_now()
    for_each(
        projects.lapsed_by(now).values_list("pk", flat=True), lambda pk: giving_up.give_up_award(pk, by=CLOCK, now=now)
    )


@shared_task(name="funding.send_due_payments")
def send_due_payments() -> None:
    """Every minute: put approved payments into a payment list for the treasury."""
    disbursing.send_payments(by=CLOCK, now=portal_now())


@shared_task(name="funding.fetch_confirmations")
def fetch_confirmations() -> None:
    """Every minute: take over each confirmation file in the treasury's folder, where there is one."""
    if settings.TREASURY_INBOX:
        for_each(inbox.waiting(settings.TREASURY_INBOX), _fetch)


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


def _fetch(path: Path) -> None:
    """One file: imported and put away, or refused and put away with the sentence; what is known already changes nothing."""
    now, content = portal_now(), path.read_bytes()
    try:
        disbursing.import_confirmations(content, by=CLOCK, now=now)
    except Refused as refusal:
        disbursing.refuse_confirmations(content, name=path.name, refusal=refusal, by=CLOCK, now=now)
        with translation.override(settings.LANGUAGE_CODE):  # the treasury's, whatever this worker did before
            inbox.put_away(path, content, inbox.REFUSED, sentence(refusal))
        return
    inbox.put_away(path, content, inbox.DONE)
