"""Promise a job: its outbox row commits with the change, a relay publishes it."""

from portal.clock import PortalNow
from portal.models import OutboxJob


def enqueue(task: str, *arguments: str) -> OutboxJob:
    """Promise ``task`` (its Celery name) with ``arguments`` (ids as text) in the present transaction."""
    return OutboxJob.objects.create(
        task=task, arguments=[str(argument) for argument in arguments], created_at=PortalNow()
    )
