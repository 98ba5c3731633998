"""Real servers beside the tests: a Celery worker with beat, on the test's own database and broker."""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.cache import cache

from portal.local import servers
from portal.local.children import Child, start
from portal.tasks import HEARTBEAT


@dataclass
class Worker:
    """A running worker and beat; ``mail`` is the folder that its e-mails fall into, one file each."""

    worker: Child
    beat: Child
    mail: Path

    def mails(self) -> list[str]:
        """The text of every mail sent so far."""
        return [path.read_text() for path in sorted(self.mail.glob("*"))]

    def wait_for(self, question, seconds: float = 30):
        """Ask again and again until the answer is true; that answer. Fails the test after that time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if answer := question():
                return answer
            self.worker.must_live()
            time.sleep(0.1)
        return pytest.fail(f"not within {seconds:.0f} s; the worker said:\n{self.worker.log.read_text()[-3000:]}")


@pytest.fixture
def worker(transactional_db, tmp_path) -> Iterator[Worker]:
    """A worker and beat with the arguments of the servers; what the test commits, they see."""
    redis.Redis.from_url(settings.REDIS_URL).flushdb()
    cache.clear()
    env = {**os.environ, "EMAIL_URL": f"filemail:///{tmp_path / 'mail'}", "PYTHONUNBUFFERED": "1"}
    running = [
        start(name, [sys.executable, "-m", *command], log=tmp_path / f"{name}.log", env=env)
        for name, command in (("worker", servers.WORKER), ("beat", servers.BEAT))
    ]
    try:
        both = Worker(*running, tmp_path / "mail")
        both.wait_for(lambda: cache.get(HEARTBEAT))
        yield both
    finally:
        for child in reversed(running):
            child.ask()
        for child in reversed(running):
            child.stop()
