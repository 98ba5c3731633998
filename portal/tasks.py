"""Jobs of the floor: relay, sequencer, heartbeat and mail."""

from uuid import UUID

import structlog
from celery import shared_task
from celery.signals import task_success
from django.core.cache import cache

from portal import delivery, dispatch, record, relay
from portal.actions import declared_ties, exporting, inviting, merging, retaining, supporting, watching_roles
from portal.clock import CHINA, CLOCK, china_date, portal_now
from portal.models import AccountMerge
from portal.queries.declared_ties import unanswered
from portal.queries.invitations import overdue
from portal.queries.officials import ending_by, over_since
from portal.states import MergeState

log = structlog.get_logger(__name__)

HEARTBEAT = "heartbeat"
HEARTBEAT_SECONDS = 60
NIGHT = range(1, 6)
"""Hours in China during which retention times are applied."""


@shared_task(name="portal.relay_outbox")
def relay_outbox() -> None:
    """Twice a second: publish the jobs that committed changes promised."""
    relay.publish()


@shared_task(name="portal.sequence_record")
def sequence_record() -> None:
    """Twice a second: give new events their place in the record."""
    record.sequence()


@shared_task(name="portal.beat_heartbeat")
def beat_heartbeat() -> None:
    """Every ten seconds: show that beat sends and a worker runs."""
    cache.set(HEARTBEAT, True, HEARTBEAT_SECONDS)


@shared_task(name="portal.deliver_messages", autoretry_for=(OSError,), max_retries=3, retry_backoff=20)
def deliver_messages(event_id: str, kind: str) -> None:
    """Send the e-mails of one event."""
    delivery.deliver(event_id, kind)


@shared_task(name="portal.send_dispatch", autoretry_for=(OSError,), max_retries=5, retry_backoff=5)
def send_dispatch(dispatch_id: str) -> None:
    """Send one mail or text message that holds a code or a warning."""
    if not dispatch.send(UUID(dispatch_id)):
        raise OSError("not sent yet")


@shared_task(name="portal.mail_invitation", autoretry_for=(OSError,), max_retries=5, retry_backoff=20)
def mail_invitation(invitation_id: str, number: str) -> None:
    """Send one mail of an invitation; its link is made here."""
    inviting.mail_invitation(UUID(invitation_id), int(number), now=portal_now())


@shared_task(name="portal.make_data_export", autoretry_for=(OSError,), max_retries=5, retry_backoff=20)
def make_data_export(export_id: str) -> None:
    """Put together a copy of somebody's own data."""
    exporting.make_export(UUID(export_id), by=CLOCK, now=portal_now())


@shared_task(name="portal.expire_invitations")
def expire_invitations() -> None:
    """Every ten minutes: end the invitations whose last day to accept is over; one that fails waits for the next poll."""
    now = portal_now()
    for pk in list(overdue(now)):
        try:
            inviting.expire_invitation(pk, by=CLOCK, now=now)
        except Exception:
            log.exception("invitation_not_expired", invitation=str(pk))


@shared_task(name="portal.watch_roles")
def watch_roles() -> None:
    """Every ten minutes: say once that a role ends soon, and once that it has ended; one that fails waits for the next poll."""
    now = portal_now()
    today = china_date(now)
    soon, lately = watching_roles.last_day_to_warn(today), watching_roles.first_day_to_tell(today)
    for watch, rows in ((watching_roles.warn_of_end, ending_by(soon)), (watching_roles.tell_of_end, over_since(lately, today))):
        for pk in list(rows):
            try:
                watch(pk, by=CLOCK, now=now)
            except Exception:
                log.exception("role_not_watched", grant=str(pk))


@shared_task(name="portal.lapse_merges")
def lapse_merges() -> None:
    """Every ten minutes: end the merges of accounts whose code was not typed in time."""
    now = portal_now()
    for pk in list(AccountMerge.objects.filter(state=MergeState.ASKED, expires_at__lt=now).values_list("pk", flat=True)):
        merging.lapse_merge(pk, by=CLOCK, now=now)


@shared_task(name="portal.remind_of_declared_ties")
def remind_of_declared_ties() -> None:
    """Every hour: remind people, once, of what organisations declared of them and they have not answered."""
    now = portal_now()
    for pk in list(unanswered(now).values_list("pk", flat=True)):
        try:
            declared_ties.remind_of_tie(pk, now=now)
        except Exception:
            log.exception("tie_not_reminded", question=str(pk))


@shared_task(name="portal.apply_retention")
def apply_retention() -> None:
    """Every half hour of the night, until it is done: apply the retention times, each once a day."""
    now = portal_now()
    if now.astimezone(CHINA).hour in NIGHT:
        retaining.apply_retention(now=now)


@shared_task(name="portal.end_overdue_support_views")
def end_overdue_support_views() -> None:
    """Every minute: end the looks of support whose minutes are over, and what was asked for and not used in time."""
    supporting.end_overdue_support_views(now=portal_now())


@task_success.connect
def note_done(sender=None, **_kwargs) -> None:
    """Mark a promised job done once it has run to its end."""
    promised = getattr(sender.request, "outbox", None) if sender else None
    if promised:
        relay.mark_done(int(promised))
