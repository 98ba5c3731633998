"""Jobs: the Celery app, its queues, and the one timetable.

Deadlines come from short polls of the database, never from a far-off ETA, which Redis
would hand out twice. A poll expires before the next ones pile up, so a pause of the
workers costs nothing when they come back.
"""

import os
from logging.config import dictConfig

from celery import Celery
from celery.signals import beat_init, setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.prod")

TIMETABLE = {
    # job: (every so many seconds, the queue that carries it)
    "portal.relay_outbox": (0.5, "relay"),
    "portal.sequence_record": (0.5, "relay"),
    "portal.beat_heartbeat": (10, "relay"),
    "portal.expire_invitations": (600, "clock"),
    "portal.lapse_merges": (600, "clock"),
    "portal.watch_roles": (600, "clock"),
    "portal.apply_retention": (1800, "clock"),
    "portal.end_overdue_support_views": (60, "clock"),
    "challenges.close_due_boxes": (15, "clock"),
    "challenges.open_closed_boxes": (15, "clock"),
    "challenges.end_due_notices": (60, "clock"),
    "challenges.expire_invitations": (60, "clock"),
    "challenges.remind_of_credit": (3600, "clock"),
    "portal.remind_of_declared_ties": (3600, "clock"),
    "funding.end_due_award_notices": (60, "clock"),
    "funding.lapse_taskbooks": (60, "clock"),
    "funding.send_due_payments": (60, "clock"),
    "funding.fetch_confirmations": (60, "clock"),
    "funding.remind": (600, "clock"),
}
QUEUES = ("relay", "clock", "work")
"""relay: moves the outbox and the record; clock: deadlines; work: what people caused (mail, papers)."""

app = Celery("jiebang")
app.set_default()  # otherwise only the thread that imported this would find it
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    accept_content=["json"],
    task_serializer="json",
    result_serializer="json",
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_default_queue="work",
    task_queues=[Queue(name) for name in QUEUES],
    task_routes={name: {"queue": queue} for name, (_, queue) in TIMETABLE.items()},
    task_time_limit=300,
    worker_prefetch_multiplier=1,
    worker_send_task_events=False,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 900, "health_check_interval": 30},
    timezone="UTC",
    beat_schedule={
        name: {"task": name, "schedule": seconds, "options": {"expires": max(5, 2 * seconds)}}
        for name, (seconds, _) in TIMETABLE.items()
    },
    beat_max_loop_interval=5,
)
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks()


@setup_logging.connect
def log_as_the_portal_does(**_kwargs) -> None:
    """Workers and beat write the same lines as the web."""
    from django.conf import settings

    dictConfig(settings.LOGGING)


@beat_init.connect
def first_heartbeat(**_kwargs) -> None:
    """Beat has started: show it at once, not only when the first ten seconds are over."""
    app.send_task("portal.beat_heartbeat", queue=TIMETABLE["portal.beat_heartbeat"][1], expires=60)
