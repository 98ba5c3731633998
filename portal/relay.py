"""The relay: publish promised jobs, and mark them done."""

from datetime import timedelta

from celery import current_app
from django.db import transaction
from django.db.models import Q

from portal.clock import PortalNow
from portal.models import OutboxJob

AGAIN_AFTER = timedelta(minutes=5)
BATCH = 200


@transaction.atomic
def publish(batch: int = BATCH) -> int:
    """Hand promised jobs to the broker: new ones, and those that were published but never came back.

    A job may therefore run twice; each is written so that the second run changes nothing.
    """
    due = Q(published_at__isnull=True) | Q(published_at__lt=PortalNow() - AGAIN_AFTER)
    jobs = list(
        OutboxJob.objects.filter(due, done_at__isnull=True).order_by("pk").select_for_update(skip_locked=True)[:batch]
    )
    for job in jobs:
        current_app.send_task(job.task, args=job.arguments, headers={"outbox": job.pk})
    OutboxJob.objects.filter(pk__in=[job.pk for job in jobs]).update(published_at=PortalNow())
    return len(jobs)


def mark_done(job_id: int) -> None:
    """Note that a promised job has run to its end."""
    OutboxJob.objects.filter(pk=job_id, done_at__isnull=True).update(done_at=PortalNow())
