"""Jobs of the boards: what the clock does, and what is done after a commit.

A job polls, and calls one action for each case. A failure on one case is logged and leaves the
others alone; the next poll comes back to it.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

import structlog
from celery import shared_task

from challenges.actions import opening, publicising, reviewing
from challenges.queries import notices
from challenges.queries.credit_work import to_look_up
from challenges.queries.opening import due_to_close, due_to_open
from challenges.queries.reviewing import overdue_invitations
from portal import vault
from portal.actions import standing
from portal.clock import CLOCK, china_date, portal_now

log = structlog.get_logger(__name__)


@shared_task(name="challenges.close_due_boxes")
def close_due_boxes() -> None:
    """Every few seconds: close the box of each board whose deadline is past."""
    now = portal_now()
    for_each(due_to_close(now).values_list("pk", flat=True), lambda pk: opening.close_box(pk, by=CLOCK, now=now))


@shared_task(name="challenges.open_closed_boxes")
def open_closed_boxes() -> None:
    """Every few seconds: open the boxes that are closed."""
    now = portal_now()
    for_each(due_to_open().values_list("pk", flat=True), lambda pk: opening.open_box(pk, by=CLOCK, now=now))


@shared_task(name="challenges.end_due_notices")
def end_due_notices() -> None:
    """Every minute: end each public notice whose last day is over."""
    now = portal_now()
    for_each(notices.due_by(now).values_list("pk", flat=True), lambda pk: publicising.end_notice(pk, by=CLOCK, now=now))


@shared_task(name="challenges.expire_invitations")
def expire_invitations() -> None:
    """Every minute: end the invitations that experts did not answer in time."""
    now = portal_now()
    for_each(overdue_invitations(now), lambda pk: reviewing.expire_invitation(pk, by=CLOCK, now=now))


@shared_task(name="challenges.remind_of_credit")
def remind_of_credit() -> None:
    """Every hour: tell of credit checks that run out before a step that needs them; each check once."""
    now = portal_now()
    due = {each.organisation.pk: each.checks for each in to_look_up(china_date(now)) if each.checks}
    for_each(due, lambda pk: standing.remind_of_checks(pk, due[pk], now=now))


@shared_task(name="challenges.destroy_draft_key")
def destroy_draft_key(draft_id: str) -> None:
    """Destroy the key of a draft that was sealed, withdrawn or lapsed."""
    vault.destroy_draft_key(UUID(draft_id))


def for_each(ids: Iterable[UUID], act: Callable[[UUID], object]) -> None:
    """Act on each case by itself; what fails is logged and tried again by the next poll."""
    for pk in list(ids):
        try:
            act(pk)
        except Exception as error:
            log.error("case_failed", case=str(pk), error=type(error).__name__)
