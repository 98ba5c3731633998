"""check_jobs: send one job the whole way round (outbox, relay, broker, worker) and wait for it."""

import time

from django.core.management.base import BaseCommand, CommandError

from portal.enqueue import enqueue


class Command(BaseCommand):
    """Promise one harmless job and wait until a worker has done it."""

    help = "Check that jobs are relayed and done."

    def add_arguments(self, parser) -> None:
        """How long to wait."""
        parser.add_argument("--seconds", type=float, default=30)

    def handle(self, *arguments, **options) -> None:
        """Wait for the job; an error when it is not done in time."""
        job = enqueue("portal.beat_heartbeat")
        began = time.monotonic()
        while time.monotonic() - began < options["seconds"]:
            job.refresh_from_db()
            if job.done_at is not None:
                self.stdout.write(f"A job went through the worker in {time.monotonic() - began:.1f} s.")
                return
            time.sleep(0.1)
        stage = (
            "was never relayed (does beat run?)" if job.published_at is None else "was not done (does a worker run?)"
        )
        raise CommandError(f"A job {stage} within {options['seconds']:.0f} s.")
