"""The three server commands, the same on one machine and in docker-compose.yml."""

from collections.abc import Sequence

WORKER = ("celery", "-A", "portal.celery", "worker", "--queues", "relay,clock,work", "--concurrency", "2",
          "--without-gossip", "--without-mingle", "--loglevel", "INFO")  # fmt: skip
BEAT = (
    "celery",
    "-A",
    "portal.celery",
    "beat",
    "--scheduler",
    "celery.beat:Scheduler",
    "--pidfile",
    "",
    "--loglevel",
    "INFO",
)


def web(*binds: str) -> Sequence[str]:
    """gunicorn on these addresses; WEB_CONCURRENCY says how many processes."""
    where = [word for bind in binds for word in ("--bind", bind)]
    return ("gunicorn", "portal.wsgi", *where, "--threads", "4", "--timeout", "60", "--graceful-timeout", "10",
            "--no-control-socket")  # fmt: skip
